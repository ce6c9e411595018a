import { ServerError } from '../server-client.ts'

/** The statement vanished (`DISCARD ALL`, `DEALLOCATE`), or what it reads has changed its shape. */
const staleStates = new Set(['26000', '0A000'])

interface Known {
  readonly sql: string
  readonly serverName: string
}

/** Which named statements the server knows; a stale one is prepared anew under another name. */
export function createNames() {
  const known = new Map<string, Known>()
  let counter = 0

  return {
    async run<Answer>(
      name: string,
      sql: string,
      isInTransaction: () => boolean,
      execute: (named: { readonly name: string; readonly isParsed: boolean }) => Promise<Answer>,
    ): Promise<Answer> {
      const before = known.get(name)
      if (before?.sql === sql) {
        try {
          return await execute({ name: before.serverName, isParsed: true })
        } catch (error) {
          if (!(error instanceof ServerError) || !staleStates.has(error.sqlState)) throw error
          known.delete(name)
          if (isInTransaction()) throw error
        }
      }
      counter += 1
      const serverName = `${name.slice(0, 40)}_${counter}`
      const answer = await execute({ name: serverName, isParsed: false })
      known.set(name, { sql, serverName })
      return answer
    },
  }
}
