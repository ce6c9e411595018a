import { ServerError } from '#main/targets/index.ts'
import { type RunError, WorkbenchError } from '#shared/session/index.ts'

/** SQLSTATEs that need more words than the server's. */
const ourHints: Readonly<Record<string, string>> = {
  '25001': 'Choose autocommit for this run: the statement can’t run inside a transaction.',
  '25006':
    'The server takes no writes here: it is a standby, or default_transaction_read_only is on. Connect to the primary to write.',
  '57014':
    'Look at its waits to see what it was at, or raise the statement timeout in the options of the run.',
}

/**
 * What went wrong, as it is kept with the run.
 *
 * @param shift characters that were put before the statement
 */
export function toRunError(error: unknown, shift = 0): RunError {
  if (error instanceof ServerError) {
    const { sqlState, message, detail, position } = error
    const hint = error.hint ?? ourHints[sqlState]
    return {
      code: sqlState,
      message,
      ...(detail === undefined ? {} : { detail }),
      ...(hint === undefined ? {} : { hint }),
      ...(position === undefined || position <= shift ? {} : { position: position - shift }),
    }
  }
  if (isTooLongForString(error)) {
    return {
      code: 'TOO_LARGE',
      message: 'A value of the result has more than 512 million characters, more than this program can hold.',
      hint: 'Select a part of it, for instance with substr(), or only its length().',
    }
  }
  if (error instanceof WorkbenchError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.advice === '' ? {} : { hint: error.advice }),
    }
  }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) }
}

/** The client gave its connection up over a value that makes no JavaScript string. */
function isTooLongForString(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_STRING_TOO_LONG') return true
  }
  return false
}

/** The statement was stopped from outside: by a cancel or by a timeout. */
export function isCancelled(error: unknown): boolean {
  return error instanceof ServerError && error.sqlState === '57014'
}
