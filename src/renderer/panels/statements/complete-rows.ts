import { client } from '#renderer/client/index.ts'
import { useSession } from '#renderer/state/index.ts'
import type { ListedStatement } from './listed.ts'

/** Rows with their whole texts: what a table shows of a statement is a name, and no SQL. */
export async function completeRows(rows: readonly ListedStatement[]): Promise<readonly ListedStatement[]> {
  const sessionId = useSession.getState().session?.sessionId
  if (sessionId === undefined) return rows
  const texts = await client.workload.texts({ sessionId, keys: rows.map(({ key }) => key) })
  return rows.map((row) => {
    const text = texts[row.key]
    return text === undefined ? row : { ...row, text }
  })
}
