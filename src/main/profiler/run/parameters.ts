import { type ServerClient, ServerError } from '#main/targets/index.ts'
import { type RunParameter, WorkbenchError } from '#shared/session/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'

/** OIDs of the parameters' types as the user named them; 0 where the server is to decide. */
export async function resolveTypes(
  client: ServerClient,
  parameters: readonly RunParameter[],
): Promise<readonly number[]> {
  const names = [...new Set(parameters.flatMap(({ type }) => (type === undefined ? [] : [type])))]
  if (names.length === 0) return []
  const calls = names.map((_, index) => `to_regtype($${index + 1})::oid`)
  const [row = []] = (await client.query(markAsOwn(`SELECT ${calls.join(', ')}`), names).catch(explain)).rows
  const oids = new Map(names.map((name, index) => [name, Number(row[index] ?? 0)]))
  const unknown = names.find((name) => !oids.get(name))
  if (unknown !== undefined) {
    throw new WorkbenchError('INPUT_INVALID', `The server has no type "${unknown}" for a parameter.`, {
      advice:
        'Write it as the server does (integer, text, timestamp with time zone), or leave it to the server.',
    })
  }
  return parameters.map(({ type }) => (type === undefined ? 0 : (oids.get(type) ?? 0)))
}

/** A name that is no type name at all (`no such type`) is an error of its own. */
function explain(error: unknown): never {
  if (!(error instanceof ServerError)) throw error
  throw new WorkbenchError('INPUT_INVALID', `The type of a parameter can’t be read: ${error.message}`, {
    advice:
      'Write it as the server does (integer, text, timestamp with time zone), or leave it to the server.',
    cause: error,
  })
}
