import type { Source } from './collector.ts'
import namesSql from './names.sql?raw'

/** Names of databases and roles: the server is asked once for each, not joined at every tick. */
export interface Names {
  /** Asks for what isn't known yet. */
  readonly learn: (databases: Iterable<string>, roles: Iterable<string>) => Promise<void>
  readonly database: (oid: string) => string | undefined
  readonly role: (oid: string) => string | undefined
}

const question = { name: 'names', sql: namesSql }

export function createNames({ ask }: Pick<Source, 'ask'>): Names {
  const databases = new Map<string, string | undefined>()
  const roles = new Map<string, string | undefined>()
  return {
    async learn(databaseOids, roleOids) {
      const newDatabases = [...databaseOids].filter((oid) => !databases.has(oid))
      const newRoles = [...roleOids].filter((oid) => !roles.has(oid))
      if (newDatabases.length === 0 && newRoles.length === 0) return
      const { rows } = await ask(question, [`{${[...newDatabases, ...newRoles].join(',')}}`])
      // What has been dropped meanwhile has no name, and isn't asked for again.
      for (const oid of newDatabases) databases.set(oid, undefined)
      for (const oid of newRoles) roles.set(oid, undefined)
      for (const [kind, oid, name] of rows) {
        const names = kind === 'd' ? databases : roles
        if (typeof oid === 'string' && typeof name === 'string' && names.has(oid)) names.set(oid, name)
      }
    },
    database: (oid) => databases.get(oid),
    role: (oid) => roles.get(oid),
  }
}
