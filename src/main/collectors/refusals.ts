import { ServerError } from '#main/targets/index.ts'
import type { Source } from './collector.ts'
import { mendPrivileges } from './privileges.ts'

/**
 * What a server says to a question that it will always refuse: no privilege, no such view, column or function, not
 * supported. Services that speak PostgreSQL's protocol lack some of its views.
 */
const lastingRefusals = new Set(['42501', '42P01', '42703', '42883', '0A000'])

/** Whether asking again is no use. */
export function isRefused(error: unknown): error is ServerError {
  return error instanceof ServerError && lastingRefusals.has(error.sqlState)
}

/**
 * Asks until the server refuses for good: that is told once, and then nothing is asked any more for as long as the
 * connection lasts, and the answer is `undefined`.
 */
export function withoutRefused<Answer>(
  source: Source,
  what: string,
  ask: () => Promise<Answer>,
): () => Promise<Answer | undefined> {
  let isRefusedHere = false
  return async () => {
    if (isRefusedHere) return undefined
    try {
      return await ask()
    } catch (error) {
      if (!isRefused(error)) throw error
      isRefusedHere = true
      source.limit(describeRefusal(what, error, source.server.user))
      return undefined
    }
  }
}

function describeRefusal(what: string, error: ServerError, user: string) {
  const message = `The server does not answer what ${what} asks: ${error.message}.`
  return error.sqlState === '42501' ? { message, mend: mendPrivileges(user) } : { message }
}
