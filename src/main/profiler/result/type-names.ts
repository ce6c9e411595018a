import type { ResultColumn, ServerClient } from '#main/targets/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'
import typeNamesSql from './type-names.sql?raw'

/** Built-in types keep their OIDs for ever (src/include/catalog/pg_type.dat): no need to ask for the commonest. */
const builtIn: readonly (readonly [number, string])[] = [
  [16, 'boolean'],
  [17, 'bytea'],
  [19, 'name'],
  [20, 'bigint'],
  [21, 'smallint'],
  [23, 'integer'],
  [25, 'text'],
  [26, 'oid'],
  [114, 'json'],
  [700, 'real'],
  [701, 'double precision'],
  [1042, 'character'],
  [1043, 'character varying'],
  [1082, 'date'],
  [1114, 'timestamp without time zone'],
  [1184, 'timestamp with time zone'],
  [1186, 'interval'],
  [1700, 'numeric'],
  [2278, 'void'],
  [2950, 'uuid'],
  [3802, 'jsonb'],
]

/** Names of column types, asked for once per type and connection. */
export function createTypeNames() {
  let names = new Map(builtIn)
  /** What is being asked for, so that nothing is asked twice. */
  const pending = new Map<number, Promise<void>>()

  async function ask(client: ServerClient, oids: readonly number[]): Promise<void> {
    try {
      const { rows } = await client.query(markAsOwn(typeNamesSql), [`{${oids.join(',')}}`])
      // A type made in a transaction that is still open has no name for others: `???`.
      for (const [oid, name] of rows) if (name !== '???' && name !== '-') names.set(Number(oid), name ?? '')
    } catch {
      // The columns then stay without a type, until somebody asks again.
    } finally {
      for (const oid of oids) pending.delete(oid)
    }
  }

  return {
    get names(): ReadonlyMap<number, string> {
      return names
    },
    /** Another server has other types. */
    forget() {
      names = new Map(builtIn)
    },
    /** Asks for those that are not known yet. Never rejects. */
    async learn(client: ServerClient, columns: readonly ResultColumn[]): Promise<void> {
      const oids = [...new Set(columns.map((column) => column.typeOid))]
      await Promise.all(oids.map((oid) => pending.get(oid) ?? Promise.resolve()))
      const unknown = oids.filter((oid) => !names.has(oid) && !pending.has(oid))
      if (unknown.length === 0 || client.isLost) return
      const asking = ask(client, unknown)
      for (const oid of unknown) pending.set(oid, asking)
      await asking
    },
  }
}

export type TypeNames = ReturnType<typeof createTypeNames>
