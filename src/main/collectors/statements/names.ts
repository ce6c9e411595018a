import type { Source } from '../collector.ts'
import { namesQuestion } from './access.ts'

type Kind = 'd' | 'r'

/** Names of databases and roles, each asked for once. */
export interface Names {
  /** Learns those that are not known yet. */
  learn(databaseOids: Iterable<string>, roleOids: Iterable<string>): Promise<void>
  database(oid: string): string
  role(oid: string): string
}

export function createNames(ask: Source['ask']): Names {
  const known = new Map<string, string>()
  /** What was dropped has no name any more. */
  const nameOf = (kind: Kind, oid: string): string => known.get(kind + oid) ?? `oid ${oid}`
  const unknown = (kind: Kind, oids: Iterable<string>): readonly string[] =>
    [...new Set(oids)].filter((oid) => !known.has(kind + oid))

  return {
    database: (oid) => nameOf('d', oid),
    role: (oid) => nameOf('r', oid),
    async learn(databaseOids, roleOids) {
      const databases = unknown('d', databaseOids)
      const roles = unknown('r', roleOids)
      if (databases.length === 0 && roles.length === 0) return
      const { rows } = await ask(namesQuestion, [`{${databases.join(',')}}`, `{${roles.join(',')}}`])
      for (const oid of databases) known.set(`d${oid}`, `oid ${oid}`)
      for (const oid of roles) known.set(`r${oid}`, `oid ${oid}`)
      for (const [kind, oid, name] of rows) if (name) known.set(`${kind}${oid}`, name)
    },
  }
}
