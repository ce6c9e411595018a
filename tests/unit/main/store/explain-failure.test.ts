import { describe, expect, it } from 'vitest'
import { explainFailure } from '#main/store/explain-failure.ts'
import { WorkbenchError } from '#shared/session/index.ts'

describe('what a failure of the session file means', () => {
  // As DuckDB 1.5 and Linux say it.
  it.each([
    ['IO Error: Could not set lock on file "/x": Conflicting lock is held in node (PID 1)', 'SESSION_BUSY'],
    [
      'TransactionContext Error: Failed to commit: Could not write file "x.wal": No space left on device',
      'SESSION_DISK_FULL',
    ],
    ['IO Error: Could not write file "x.wal": File too large', 'SESSION_DISK_FULL'],
    ['IO Error: Cannot open file "/x": Permission denied', 'SESSION_READ_ONLY'],
    ['IO Error: Cannot open file "/x": Read-only file system', 'SESSION_READ_ONLY'],
    [
      'Invalid Input Error: Cannot execute statement of type "INSERT" on database "x" which is attached in read-only mode!',
      'SESSION_READ_ONLY',
    ],
    [
      'IO Error: Trying to read a database file with version number 99, but we can only read versions between 64 and 67.',
      'SESSION_TOO_NEW',
    ],
    [
      'IO Error: Corrupt database file: computed checksum 1 does not match stored checksum 2 in block at location 3',
      'SESSION_BROKEN',
    ],
    ['Catalog Error: Table with name run_notes does not exist!', 'SESSION_BROKEN'],
    [
      'FATAL Error: Failed: database has been invalidated because of a previous fatal error.',
      'SESSION_BROKEN',
    ],
    ['IO Error: Cannot open file "/proc/x": No such file or directory', 'FILE_UNREADABLE'],
    ['IO Error: Cannot open file "/dev/null/x": Not a directory', 'FILE_UNREADABLE'],
    ['something that nobody foresaw', 'INTERNAL'],
  ])('%s → %s', (message, code) => {
    const failure = explainFailure(new Error(message), '/home/ada/slow.barograph')
    expect(failure).toMatchObject({ code, detail: message })
    expect(failure.message).toContain('“slow.barograph”')
    expect(failure.message).not.toContain('/home/ada')
    expect(failure.advice).not.toBe('')
  })

  it('names the folder that has to be made writable: at a start nobody has named it', () => {
    const failure = explainFailure(new Error('Permission denied'), '/home/ada/slow.barograph')
    expect(failure.advice).toContain('Make the folder /home/ada writable')
  })

  it('is not read out of the file’s name', () => {
    const path = '/home/ada/corrupt checksum/permission denied.barograph'
    const failure = explainFailure(new Error(`IO Error: Cannot open file "${path}": Stale file handle`), path)
    expect(failure).toMatchObject({ code: 'INTERNAL' })
  })

  it('keeps an error that is explained already', () => {
    const error = new WorkbenchError('RUN_UNKNOWN', 'This run is not in the session.', {
      advice: 'Look again.',
    })
    expect(explainFailure(error, undefined)).toMatchObject({
      code: 'RUN_UNKNOWN',
      message: 'This run is not in the session.',
      advice: 'Look again.',
    })
  })
})
