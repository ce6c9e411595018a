import { ServerError } from '#main/targets/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { Source } from '../collector.ts'
import { createNames } from '../names.ts'
import type { RelationKey } from './parse.ts'
import relationNamesSql from './relation-names.sql?raw'

/** Names of relations by OID: each is asked for once, so that looking at locks looks nothing up. */
export interface RelationNames {
  /** Asks for what isn't known yet. */
  readonly learn: (relations: readonly RelationKey[]) => Promise<void>
  /** Of another database, the OID with the name of that database. */
  readonly nameOf: (relation: RelationKey) => string | undefined
}

const question = { name: 'lock_relation_names', sql: relationNamesSql }

/** A name is looked up again after this: relations are renamed now and then. */
const knownForMs = 600_000
/** Without an answer: its transaction may not have ended, or somebody holds the catalogue. */
const retryAfterMs = 30_000
/** SQLSTATE of `lock_timeout`. */
const lockNotAvailable = '55P03'

export function createRelationNames(source: Pick<Source, 'ask' | 'now'>): RelationNames {
  const databases = createNames(source)
  const known = new Map<string, { readonly name: string | undefined; readonly untilMs: EpochMs }>()

  async function askFor(oids: readonly string[]): Promise<void> {
    const nowMs = source.now()
    for (const oid of oids) known.set(oid, { name: known.get(oid)?.name, untilMs: nowMs + retryAfterMs })
    try {
      const { rows } = await source.ask(question, [`{${oids.join(',')}}`])
      for (const [oid, name] of rows)
        if (typeof oid === 'string' && typeof name === 'string')
          known.set(oid, { name, untilMs: nowMs + knownForMs })
    } catch (error) {
      // Somebody rewrites the catalogue itself: locks are told with OIDs meanwhile.
      if (!(error instanceof ServerError && error.sqlState === lockNotAvailable)) throw error
    }
  }

  return {
    async learn(relations) {
      const nowMs = source.now()
      const oids = new Set(relations.filter(({ elsewhere }) => elsewhere === undefined).map(({ oid }) => oid))
      const wanted = [...oids].filter((oid) => (known.get(oid)?.untilMs ?? 0) <= nowMs)
      if (wanted.length > 0) await askFor(wanted)
      await databases.learn(
        relations.flatMap(({ elsewhere }) => elsewhere ?? []),
        [],
      )
    },
    nameOf({ oid, elsewhere }) {
      if (elsewhere === undefined) return known.get(oid)?.name
      return `${oid} in ${databases.database(elsewhere) ?? `database ${elsewhere}`}`
    },
  }
}
