import { ORPCError } from '@orpc/client'
import type { ErrorData } from '#shared/contract/index.ts'
import { type ErrorCode, errorCodes } from '#shared/session/index.ts'
import { UnreachableError } from './connection.ts'

/** An error as the screen shows it: what failed, why, what to try. */
export interface ErrorDescription {
  readonly title: string
  readonly message: string
  readonly advice: string
  readonly code: ErrorCode | 'UNREACHABLE'
  readonly facts: Readonly<Record<string, unknown>>
}

const titles: Readonly<Record<ErrorCode, string>> = {
  INPUT_INVALID: 'The workbench did not understand the request',
  NOT_CONNECTED: 'No server is connected',
  CONNECTION_FAILED: 'Could not connect',
  CONNECTION_LOST: 'The connection to the server broke',
  PASSWORD_NEEDED: 'A password is needed',
  TARGET_UNKNOWN: 'This target is not there any more',
  SECRET_UNAVAILABLE: 'The keychain could not be used',
  STATEMENT_EMPTY: 'There is no statement',
  STATEMENT_INVALID: 'The statement can’t be read',
  STATEMENT_REFUSED: 'The workbench does not run this statement',
  NEEDS_AUTOCOMMIT: 'This statement can’t run inside a transaction',
  NOT_SUPPORTED: 'This server can’t do that',
  RUN_UNKNOWN: 'This run is not there any more',
  RUN_ACTIVE: 'A run is under way',
  RESULT_GONE: 'The result’s rows are no longer held',
  SERVER_ERROR: 'The server answered with an error',
  PLAN_UNKNOWN: 'This plan is not there any more',
  BACKEND_GONE: 'The process is gone',
  SESSION_UNKNOWN: 'This session is not open',
  SESSION_BUSY: 'Another process has this session open',
  SESSION_BROKEN: 'The session file is damaged',
  SESSION_READ_ONLY: 'This session is read-only',
  SESSION_TOO_NEW: 'This session was made by a newer version',
  SESSION_DISK_FULL: 'There is no room left for the session file',
  FILE_UNREADABLE: 'The file can’t be read',
  DEMO_FAILED: 'The demo server failed',
  TOO_LARGE: 'That is too large',
  INTERNAL: 'Something failed inside the workbench',
}

/** What stands where an answer will be: it is awaited, or can't be had. */
export const describeUnanswered = (error: unknown): string =>
  error === undefined ? 'Reading…' : `Could not be read: ${describeError(error).message}`

/** Turns whatever a call was rejected with into words for people. */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof ORPCError && isCode(error.code)) {
    const data = readData(error.data)
    return {
      title: titles[error.code],
      message: error.message,
      advice: data.advice,
      code: error.code,
      facts: data.facts,
    }
  }
  if (error instanceof UnreachableError) {
    return {
      title: 'The workbench can’t be reached',
      message: error.message,
      advice: 'It is tried again by itself. Nothing that was stored is lost.',
      code: 'UNREACHABLE',
      facts: {},
    }
  }
  return {
    title: titles.INTERNAL,
    message: error instanceof Error ? error.message : String(error),
    advice: 'Try again; if it happens again, please report it.',
    code: 'INTERNAL',
    facts: {},
  }
}

function isCode(code: string): code is ErrorCode {
  return (errorCodes as readonly string[]).includes(code)
}

/** The contract promises this shape; an older or newer workbench may not keep it. */
function readData(data: unknown): ErrorData {
  const { advice, facts } = (typeof data === 'object' && data !== null ? data : {}) as Partial<ErrorData>
  return {
    advice: typeof advice === 'string' ? advice : '',
    facts: typeof facts === 'object' && facts !== null ? facts : {},
  }
}
