import { ORPCError, ValidationError } from '@orpc/server'
import { ServerError } from '#main/targets/index.ts'
import type { ErrorData } from '#shared/contract/index.ts'
import { type ErrorCode, WorkbenchError } from '#shared/session/index.ts'
import type { Log } from './log.ts'

/**
 * Turns whatever a handler threw into one of the contract's codes. What nobody foresaw becomes `INTERNAL`: its
 * details go to the log, not to the screen.
 */
export function toContractError(error: unknown, log: Log): ORPCError<ErrorCode, ErrorData> {
  if (error instanceof WorkbenchError) {
    return contractError(error.code, error.message, error.advice, error.data, error)
  }
  if (error instanceof ServerError) {
    const { sqlState, detail, hint, position } = error
    return contractError(
      'SERVER_ERROR',
      error.message,
      hint ?? '',
      { sqlState, detail, hint, position },
      error,
    )
  }
  if (error instanceof ORPCError && error.cause instanceof ValidationError) {
    return contractError(
      'INPUT_INVALID',
      `The request was not understood: ${issuesOf(error.cause)}`,
      '',
      {},
      error,
    )
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return contractError('INTERNAL', 'The request was given up by its sender.', '', {}, error)
  }
  log.error('a handler failed unexpectedly', error)
  return contractError(
    'INTERNAL',
    'Something failed inside the workbench; your session and your server are untouched.',
    'Try again; if it happens again, please report it with the log file of the data folder.',
    {},
    error,
  )
}

function contractError(
  code: ErrorCode,
  message: string,
  advice: string,
  facts: Readonly<Record<string, unknown>>,
  cause: unknown,
): ORPCError<ErrorCode, ErrorData> {
  return new ORPCError(code, { message, data: { advice, facts }, cause })
}

/** `statement: too long; options.sampleHz: …`, without the values: they may be secret. */
function issuesOf(error: ValidationError): string {
  const issues = error.issues.slice(0, 5).map((issue) => {
    const path = (issue.path ?? [])
      .map((part) => String(typeof part === 'object' ? part.key : part))
      .join('.')
    return path === '' ? issue.message : `${path}: ${issue.message}`
  })
  return issues.join('; ')
}
