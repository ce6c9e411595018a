import { DatabaseError } from 'pg'
import { WorkbenchError } from '#shared/session/index.ts'
import { ServerError } from '../server-client.ts'

/**
 * SQLSTATEs with which a server ends a connection. A parallel worker's death carries the same codes without ending
 * it, so they are only a hint: what follows on the wire decides.
 */
const endingStates = new Set(['57P01', '57P02', '57P03', '57P04', '57P05', '25P03', '25P04'])

export function mayEndConnection(error: unknown): boolean {
  return error instanceof DatabaseError && endingStates.has(error.code ?? '')
}

/** The server's error, typed; anything else that `pg` hands over means that the connection is gone. */
export function toServerError(error: DatabaseError): ServerError {
  const position = Number(error.position)
  return new ServerError(error.message, {
    sqlState: error.code ?? 'XX000',
    detail: error.detail,
    hint: error.hint,
    position: Number.isInteger(position) && position > 0 ? position : undefined,
  })
}

export function connectionLost(cause: unknown): WorkbenchError {
  if (cause instanceof WorkbenchError) return cause
  return new WorkbenchError('CONNECTION_LOST', `The connection to the server was lost: ${reasonOf(cause)}`, {
    advice: 'See whether the server runs and can be reached, then run it again.',
    data: cause instanceof DatabaseError ? { sqlState: cause.code } : {},
    cause,
  })
}

function reasonOf(cause: unknown): string {
  if (cause instanceof DatabaseError) return `it said "${cause.message}".`
  const code = (cause as NodeJS.ErrnoException | undefined)?.code
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'it reset the connection.'
  if (code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') {
    return 'it can no longer be reached.'
  }
  return 'it closed the connection.'
}

/** The protocol ends a text at its first null byte, so the server would read the rest as another message. */
export function refuseNullByte(sql: string): void {
  if (!sql.includes('\0')) return
  throw new WorkbenchError(
    'STATEMENT_INVALID',
    'The statement holds a null byte, which PostgreSQL cannot read.',
    {
      advice: 'Remove it; it often comes from a file that is not plain text, or is UTF-16.',
    },
  )
}
