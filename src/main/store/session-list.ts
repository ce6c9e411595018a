import { access, constants, readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SessionInfo } from '#shared/session/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'
import type { PeekedFile } from './protocol.ts'
import type { KnownSession } from './session-index.ts'
import { nameByPath } from './session-names.ts'

/** More files than this are not looked at: the newest by time of change win. */
const maxListed = 500

interface Sources {
  readonly folder: string
  readonly known: readonly KnownSession[]
  readonly current: SessionInfo
  /** Reads a file's facts by opening it, where the snapshot is missing or outdated. */
  readonly peek: (path: string) => Promise<PeekedFile>
}

/**
 * Sessions of the folder and those known from elsewhere, newest first. Only files that changed since they were last
 * looked at are opened; the open session never is.
 *
 * @returns the list, and the snapshots that are new
 */
export async function listSessions({ folder, known, current, peek }: Sources): Promise<{
  readonly sessions: readonly SessionInfo[]
  readonly learnt: readonly KnownSession[]
}> {
  const inFolder = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.barograph'))
  const paths = new Set([...inFolder.map((name) => join(folder, name)), ...known.map(({ path }) => path)])
  paths.delete(current.path)
  const files = (await Promise.all([...paths].map(describeFile))).filter((file) => file !== undefined)
  const newest = files.sort((a, b) => b.changedAtMs - a.changedAtMs).slice(0, maxListed)

  const snapshots = new Map(known.map((session) => [session.path, session]))
  const learnt: KnownSession[] = []
  const sessions = [current]
  for (const file of newest) {
    // The open file under another name (a link): opening it would release the lock that protects it.
    if (file.realPath === current.path) continue
    const snapshot = snapshots.get(file.path)
    const isUnchanged = snapshot?.changedAtMs === file.changedAtMs && snapshot.fileBytes === file.fileBytes
    if (isUnchanged && snapshot.holds !== undefined) {
      sessions.push(infoOf(snapshot, !file.canWrite))
      continue
    }
    try {
      const session = { ...(await peek(file.path)), ...file }
      const { path, sessionId, name, formatVersion, createdAtMs, runs, holds, fileBytes, changedAtMs } =
        session
      learnt.push({ path, sessionId, name, formatVersion, createdAtMs, runs, holds, fileBytes, changedAtMs })
      sessions.push(infoOf(session, !file.canWrite))
    } catch (error) {
      // Somebody else may have it open now: what was known of it when it was left still holds.
      sessions.push(isUnchanged ? infoOf(snapshot, !file.canWrite) : unreadable(file, error))
    }
  }
  return { sessions: sessions.sort((a, b) => b.createdAtMs - a.createdAtMs), learnt }
}

interface FileOnDisk {
  readonly path: string
  readonly realPath: string
  readonly fileBytes: number
  readonly changedAtMs: number
  readonly canWrite: boolean
}

/** What the system says about a session file, without opening it; `undefined` where there is none. */
export async function describeFile(path: string): Promise<FileOnDisk | undefined> {
  try {
    const { size, mtimeMs } = await stat(path)
    const canWrite = await access(path, constants.W_OK).then(
      () => true,
      () => false,
    )
    return { path, realPath: await realpath(path), fileBytes: size, changedAtMs: mtimeMs, canWrite }
  } catch {
    return undefined
  }
}

function infoOf(session: KnownSession, readOnly: boolean): SessionInfo {
  const { sessionId, path, name, formatVersion, createdAtMs, runs, holds, fileBytes } = session
  const info = { sessionId, path, name, formatVersion, createdAtMs, runs, fileBytes, readOnly }
  return holds === undefined ? info : { ...info, holds }
}

/** A file that can't be looked at stays in the list: opening it says why, and people miss what vanishes. */
function unreadable(file: FileOnDisk, error: unknown): SessionInfo {
  return {
    sessionId: `file:${file.path}`,
    path: file.path,
    name: nameByPath(file.path),
    formatVersion: 0,
    createdAtMs: file.changedAtMs,
    runs: 0,
    fileBytes: file.fileBytes,
    readOnly: true,
    remark: error instanceof WorkbenchError ? error.message : 'It could not be read.',
  }
}
