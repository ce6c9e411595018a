import type { SchemaReading } from '#shared/schema/index.ts'
import type { Marker } from '#shared/session/index.ts'
import { type EpochMs, formatDuration, type Milliseconds } from '#shared/units/index.ts'

/** What a table's entry in the catalogue tells of changes, and no reading needs. */
export interface TableForm {
  /** `pg_class.relnatts`: grows with each column that was ever added. */
  readonly columns: number
  /** `pg_class.relfilenode`: another one after whatever writes the table anew. */
  readonly fileNode: number
  readonly droppedColumns: number
  /** One figure made of the names of the columns that are there. */
  readonly columnNames: string
}

export interface SchemaWatch {
  /**
   * A mark of what differs from the reading before; a recording's first reading has none.
   *
   * @param indexFiles `pg_class.relfilenode` of indexes: another one after they were built anew
   * @param unchangedUntilMs until then nothing had changed since the reading before, if that is known
   */
  see(
    reading: SchemaReading,
    forms: ReadonlyMap<number, TableForm>,
    indexFiles: ReadonlyMap<number, number>,
    unchangedUntilMs?: EpochMs,
  ): Marker | undefined
}

/** What was done, in the order in which it is told. */
const deeds = [
  'created',
  'dropped',
  'created anew',
  'renamed',
  'given columns',
  'stripped of columns',
  'given other names for columns',
  'given other options',
  'rewritten or truncated',
  'rebuilt',
  'refreshed',
] as const
type Deed = (typeof deeds)[number]

interface Change {
  readonly deed: Deed
  /** `table shop.orders`. */
  readonly what: string
  /** What stands behind the deed: `to shop.old_orders`. */
  readonly more?: string
}

/** Of one deed so many are named. */
const mostNamed = 5

/**
 * Finds what became of tables, indexes and foreign keys between two readings, by OID. Of a table that came or went, its
 * indexes and keys are not told. Not seen: types of columns that need no new file, defaults, checks, triggers.
 */
export function createSchemaWatch(): SchemaWatch {
  let before: Shape | undefined
  return {
    see(reading, forms, indexFiles, unchangedUntilMs = Number.NEGATIVE_INFINITY) {
      const now = shapeOf(reading, forms, indexFiles)
      const changes = before === undefined ? [] : findChanges(before, now)
      const sinceMs = Math.max(before?.atMs ?? now.atMs, unchangedUntilMs)
      const marker = describe(changes, now.atMs, now.atMs - sinceMs)
      before = now
      return marker
    },
  }
}

interface Shape {
  readonly atMs: EpochMs
  readonly tables: ReadonlyMap<number, TableShape>
  /** Indexes by OID, and foreign keys, which have none here, by table and name. */
  readonly parts: ReadonlyMap<number | string, PartShape>
}

interface TableShape extends TableForm {
  readonly name: string
  readonly isMaterialised: boolean
  readonly options: string
}

interface PartShape {
  readonly kind: 'index' | 'foreign key'
  readonly name: string
  readonly tableOid: number
  /** Of an index. */
  readonly fileNode?: number
}

function shapeOf(
  reading: SchemaReading,
  forms: ReadonlyMap<number, TableForm>,
  indexFiles: ReadonlyMap<number, number>,
): Shape {
  const unknown: TableForm = { columns: 0, fileNode: 0, droppedColumns: 0, columnNames: '' }
  return {
    atMs: reading.atMs,
    tables: new Map(
      reading.tables.map(({ oid, schema, name, kind, options }) => [
        oid,
        {
          ...(forms.get(oid) ?? unknown),
          name: `${schema}.${name}`,
          isMaterialised: kind === 'm',
          options: options?.join(', ') ?? '',
        },
      ]),
    ),
    parts: new Map<number | string, PartShape>([
      ...reading.indexes.map(
        ({ oid, schema, name, tableOid }) =>
          [
            oid,
            {
              kind: 'index',
              name: `${schema}.${name}`,
              tableOid,
              fileNode: indexFiles.get(oid) ?? 0,
            },
          ] as const,
      ),
      ...reading.foreignKeys.map(
        ({ name, schema, table, tableOid }) =>
          [
            `${tableOid} ${name}`,
            { kind: 'foreign key', name: `${name} of ${schema}.${table}`, tableOid },
          ] as const,
      ),
    ]),
  }
}

/** What came under the name of what went was made anew: a swapped table, an index after `REINDEX CONCURRENTLY`. */
function findChanges(before: Shape, now: Shape): readonly Change[] {
  const changes = [...findTableChanges(before, now), ...findPartChanges(before, now)]
  const of = (deed: Deed) => new Set(changes.filter((change) => change.deed === deed).map(({ what }) => what))
  const anew = of('created').intersection(of('dropped'))
  return changes.flatMap((change): readonly Change[] => {
    if (!anew.has(change.what)) return [change]
    return change.deed === 'created' ? [{ ...change, deed: 'created anew' }] : []
  })
}

function findTableChanges(before: Shape, now: Shape): readonly Change[] {
  const came = [...now.tables].flatMap(([oid, table]): readonly Change[] => {
    const last = before.tables.get(oid)
    return last === undefined ? [{ deed: 'created', what: called(table) }] : compareTable(last, table)
  })
  const went = [...before.tables].flatMap(([oid, table]): readonly Change[] =>
    now.tables.has(oid) ? [] : [{ deed: 'dropped', what: called(table) }],
  )
  return [...came, ...went]
}

function compareTable(before: TableShape, now: TableShape): readonly Change[] {
  const what = called(now)
  const changes: Change[] = []
  if (before.name !== now.name)
    changes.push({ deed: 'renamed', what: called(before), more: `to ${now.name}` })
  changes.push(...compareColumns(before, now).map((deed) => ({ deed, what })))
  if (before.options !== now.options)
    changes.push({ deed: 'given other options', what, more: `(${now.options || 'none'})` })
  if (before.fileNode !== now.fileNode)
    changes.push({ deed: now.isMaterialised ? 'refreshed' : 'rewritten or truncated', what })
  return changes
}

function compareColumns(before: TableForm, now: TableForm): readonly Deed[] {
  const deeds: Deed[] = []
  if (now.columns > before.columns) deeds.push('given columns')
  if (now.droppedColumns > before.droppedColumns) deeds.push('stripped of columns')
  // Those that came and went have changed the names as well.
  if (deeds.length === 0 && now.columnNames !== before.columnNames)
    deeds.push('given other names for columns')
  return deeds
}

function findPartChanges(before: Shape, now: Shape): readonly Change[] {
  const lives = (shape: Shape, { tableOid }: PartShape) => shape.tables.has(tableOid)
  /** Its indexes are then written anew with it. */
  const isRewritten = (tableOid: number) =>
    before.tables.get(tableOid)?.fileNode !== now.tables.get(tableOid)?.fileNode
  const came = [...now.parts].flatMap(([key, part]): readonly Change[] => {
    const last = before.parts.get(key)
    if (last === undefined)
      return lives(before, part) ? [{ deed: 'created', what: `${part.kind} ${part.name}` }] : []
    // The name of a key's table is part of its own here.
    if (part.kind === 'foreign key') return []
    const changes: Change[] = []
    if (last.name !== part.name)
      changes.push({ deed: 'renamed', what: `index ${last.name}`, more: `to ${part.name}` })
    if (last.fileNode !== part.fileNode && !isRewritten(part.tableOid))
      changes.push({ deed: 'rebuilt', what: `index ${part.name}` })
    return changes
  })
  const went = [...before.parts].flatMap(([key, part]): readonly Change[] =>
    now.parts.has(key) || !lives(now, part) ? [] : [{ deed: 'dropped', what: `${part.kind} ${part.name}` }],
  )
  return [...came, ...went]
}

function called({ name, isMaterialised }: TableShape): string {
  return `${isMaterialised ? 'materialised view' : 'table'} ${name}`
}

/** Nobody knows when it was: the mark stands where it was seen, and says since when it may have been so. */
function describe(changes: readonly Change[], atMs: EpochMs, withinMs: Milliseconds): Marker | undefined {
  const [only] = changes
  if (only === undefined) return undefined
  const what =
    changes.length === 1
      ? `${capitalise(only.what)} ${withMore(only.deed, only)}`
      : `${changes.length} changes of the schema`
  const byDeed = Map.groupBy(changes, ({ deed }) => deed)
  const facts = deeds.flatMap((deed) => {
    const whats = (byDeed.get(deed) ?? []).map((change) => withMore(change.what, change))
    return whats.length === 0 ? [] : [[deed, listOf(whats)] as const]
  })
  return {
    kind: 'ddl',
    atMs,
    label: `${what}, within ${formatDuration(withinMs)}`,
    facts: Object.fromEntries(facts),
  }
}

const withMore = (words: string, { more }: Change) => (more === undefined ? words : `${words} ${more}`)

function listOf(names: readonly string[]): string {
  const rest = names.length - mostNamed
  return `${names.slice(0, mostNamed).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

const capitalise = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
