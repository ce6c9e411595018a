import type {
  CatalogueColumn,
  CatalogueFunction,
  CatalogueNames,
  CatalogueRelation,
} from '#shared/contract/index.ts'
import type { TextResult, TextValue } from '../server-client.ts'
import columnsSql from './columns.sql?raw'
import functionsSql from './functions.sql?raw'
import relationsSql from './relations.sql?raw'
import schemasAndKeywordsSql from './schemas-and-keywords.sql?raw'

/** Whom the catalogue is asked of; `Targets` is one. */
export interface CatalogueSource {
  query(sql: string, parameters?: readonly TextValue[]): Promise<TextResult>
  /** Another number is another target: what was read before says nothing about it. */
  generation(): number
}

export interface RelationName {
  readonly schema?: string
  readonly name: string
}

export interface RelationColumns {
  readonly schema: string
  readonly name: string
  readonly columns: readonly CatalogueColumn[]
}

/** Names for completion, read on demand and kept for a while: others create and drop relations too. */
export interface Catalogue {
  names(refresh: boolean): Promise<CatalogueNames>
  /** Unknown relations are left out. */
  columns(relations: readonly RelationName[]): Promise<readonly RelationColumns[]>
}

/** Columns change under one's hands while names rarely do, and take longer to read. */
const columnsAgeMs = 30_000
const namesAgeMs = 60_000
const maxCachedRelations = 2_000

export function createCatalogue(source: CatalogueSource, now: () => number = Date.now): Catalogue {
  let generation = source.generation()
  let names: { readonly readAtMs: number; readonly found: Promise<CatalogueNames> } | undefined
  let columns = new Map<string, { readonly readAtMs: number; readonly found: RelationColumns | undefined }>()

  function forgetOthers(): void {
    if (source.generation() === generation) return
    generation = source.generation()
    names = undefined
    columns = new Map()
  }

  async function readMissing(relations: readonly RelationName[]): Promise<void> {
    const cache = columns
    const oldest = now() - columnsAgeMs
    const missing = relations.filter((relation) => (cache.get(keyOf(relation))?.readAtMs ?? 0) <= oldest)
    if (missing.length === 0) return
    const found = await readColumns(source, missing)
    if (cache.size > maxCachedRelations) cache.clear()
    for (const [index, relation] of missing.entries()) {
      cache.set(keyOf(relation), { readAtMs: now(), found: found.get(index) })
    }
  }

  return {
    async names(refresh) {
      forgetOthers()
      if (refresh) columns = new Map()
      if (!refresh && names !== undefined && names.readAtMs > now() - namesAgeMs) return await names.found
      const reading = { readAtMs: now(), found: readNames(source, now) }
      names = reading
      // A failed reading must not be the answer for ever.
      reading.found.catch(() => {
        if (names === reading) names = undefined
      })
      return await reading.found
    },
    async columns(relations) {
      forgetOthers()
      await readMissing(relations)
      return relations
        .map((relation) => columns.get(keyOf(relation))?.found)
        .filter((found) => found !== undefined)
    },
  }
}

function keyOf({ schema, name }: RelationName): string {
  return JSON.stringify([schema ?? null, name])
}

const relationKinds: Readonly<Record<string, CatalogueRelation['kind']>> = {
  r: 'table',
  v: 'view',
  m: 'materialized view',
  f: 'foreign table',
  p: 'partitioned table',
  S: 'sequence',
}

const functionKinds: Readonly<Record<string, CatalogueFunction['kind']>> = {
  a: 'aggregate',
  w: 'window',
  p: 'procedure',
}

async function readNames(source: CatalogueSource, now: () => number): Promise<CatalogueNames> {
  const [relations, functions, words] = await Promise.all([
    source.query(relationsSql),
    source.query(functionsSql),
    source.query(schemasAndKeywordsSql),
  ])
  const wordsOf = (kind: string) => words.rows.filter((row) => row[0] === kind).map((row) => row[1] ?? '')
  return {
    schemas: wordsOf('schema'),
    keywords: wordsOf('keyword'),
    relations: relations.rows.map(([schema, name, kind, visible, rows]) => ({
      schema: schema ?? '',
      name: name ?? '',
      kind: relationKinds[kind ?? ''] ?? 'table',
      visible: visible === 't',
      ...(rows === null || rows === undefined ? {} : { estimatedRows: Number(rows) }),
    })),
    functions: functions.rows.map(([schema, name, args, returns, kind]) => ({
      schema: schema ?? '',
      name: name ?? '',
      arguments: args ?? '',
      returns: returns ?? '',
      kind: functionKinds[kind ?? ''] ?? 'function',
    })),
    readAtMs: now(),
  }
}

/** Columns by position in `relations`. */
async function readColumns(
  source: CatalogueSource,
  relations: readonly RelationName[],
): Promise<ReadonlyMap<number, RelationColumns>> {
  const wanted = relations.map(({ schema, name }) => ({ schema: schema ?? null, name }))
  const { rows } = await source.query(columnsSql, [JSON.stringify(wanted)])
  const found = new Map<number, { schema: string; name: string; columns: CatalogueColumn[] }>()
  for (const [position, schema, name, column, type, nullable] of rows) {
    const index = Number(position) - 1
    const relation = found.get(index) ?? { schema: schema ?? '', name: name ?? '', columns: [] }
    found.set(index, relation)
    relation.columns.push({ name: column ?? '', type: type ?? '', nullable: nullable === 't' })
  }
  return found
}
