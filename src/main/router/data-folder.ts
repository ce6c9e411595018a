import { makeFolder } from '#main/files/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'

const noFolderBecause: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'a file stands where a folder should be',
  EACCES: 'this user may not write to the folder above it',
  EROFS: 'nothing can be written there',
  ENOENT: 'the system makes no folders there',
  ENOSPC: 'the disk is full',
}

/** @throws FILE_UNREADABLE, with why */
export function makeDataFolder(dataFolder: string): void {
  try {
    makeFolder(dataFolder)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    const why = noFolderBecause[code] ?? code
    throw new WorkbenchError('FILE_UNREADABLE', `The data folder ${dataFolder} can’t be made: ${why}.`, {
      advice: 'Make it yourself, or name another one: --data, or BAROGRAPH_DATA.',
      cause,
    })
  }
}
