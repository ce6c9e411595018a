import { basename, dirname } from 'node:path'
import { WorkbenchError } from '#shared/session/index.ts'
import type { Failure } from './protocol.ts'

interface Explanation {
  readonly pattern: RegExp
  /** @param folder where it lies; nobody may have named it, as at a start */
  readonly explain: (file: string, folder: string | undefined) => Omit<Failure, 'detail'>
}

/**
 * What DuckDB's and the system's words mean to a person. DuckDB has no error codes for files, so its texts are
 * matched; the first that fits wins.
 */
const explanations: readonly Explanation[] = [
  {
    pattern: /could not set lock|conflicting lock/i,
    explain: (file) => ({
      code: 'SESSION_BUSY',
      message: `“${file}” is being written by another process.`,
      advice: 'Close the other workbench (or the program that has the file open), or open another session.',
    }),
  },
  {
    pattern: /no space left|not enough (?:disk )?space|ENOSPC|EDQUOT|quota exceeded|file too large|EFBIG/i,
    explain: (file) => ({
      code: 'SESSION_DISK_FULL',
      message: `“${file}” could not be written: the disk is full.`,
      advice: 'Free some space and run the statement again. Runs stored before are safe.',
    }),
  },
  {
    pattern: /read-only mode|permission denied|read-only file system|EACCES|EPERM|EROFS/i,
    explain: (file, folder) => ({
      code: 'SESSION_READ_ONLY',
      message: `“${file}” can't be written: the file or its folder is read-only.`,
      advice: `Make ${folder === undefined ? 'the folder' : `the folder ${folder}`} writable, or create a new session somewhere else.`,
    }),
  },
  {
    pattern: /newer version of duckdb|database file with version number|storage version/i,
    explain: (file) => ({
      code: 'SESSION_TOO_NEW',
      message: `“${file}” was written by a newer Barograph.`,
      advice: 'Open it with that version or a later one.',
    }),
  },
  {
    pattern:
      /corrupt|checksum|not a valid duckdb|serialization error|catalog error|binder error|failed to load|could not read (?:enough|all) bytes|invalidated|internal error|fatal error|wal file|conversion error/i,
    explain: (file) => ({
      code: 'SESSION_BROKEN',
      message: `“${file}” is damaged, or something in it is missing.`,
      advice: 'Restore the file from a copy, or go on in a new session.',
    }),
  },
  {
    pattern: /no such file or directory|not a directory|ENOENT|ENOTDIR/i,
    explain: (file) => ({
      code: 'FILE_UNREADABLE',
      message: `“${file}” can't be made or opened there: the system has no such files in that folder.`,
      advice: 'Choose a folder on a disk.',
    }),
  },
]

/** Turns whatever failed in the store's thread into an error meant for people. */
export function explainFailure(error: unknown, path: string | undefined): Failure {
  if (error instanceof WorkbenchError) {
    const { code, message, advice, cause } = error
    return { code, message, advice, detail: cause instanceof Error ? cause.message : '' }
  }
  const detail = error instanceof Error ? error.message : String(error)
  const file = path === undefined ? 'The session' : basename(path)
  // A name may hold any words.
  const said = path === undefined ? detail : detail.replaceAll(path, '')
  const known = explanations.find(({ pattern }) => pattern.test(said))
  if (known !== undefined)
    return { ...known.explain(file, path === undefined ? undefined : dirname(path)), detail }
  return {
    code: 'INTERNAL',
    message: `Something failed in the session file “${file}”; what was stored before is untouched.`,
    advice: 'Try again. If it happens again, create a new session and report this with the log file.',
    detail,
  }
}

/** The error that a failure is thrown as, on this side of the thread. */
export function toWorkbenchError({ code, message, advice, detail }: Failure): WorkbenchError {
  return new WorkbenchError(code, message, { advice, ...(detail === '' ? {} : { cause: new Error(detail) }) })
}

/** After these DuckDB refuses everything until the file is opened anew. */
export function needsReopening(error: unknown): boolean {
  return error instanceof Error && /invalidated|fatal error/i.test(error.message)
}
