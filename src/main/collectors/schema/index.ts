import type { SchemaReading } from '#shared/schema/index.ts'
import { type Answer, type Collector, type Source, sqlFor } from '../collector.ts'
import { schemaReadingsOf } from '../schema-readings.ts'
import { createSchemaWatch, type SchemaWatch } from './changes.ts'
import foreignKeysSql from './foreign-keys.sql?raw'
import indexDefinitionsSql from './index-definitions.sql?raw'
import indexes13 from './indexes-13.sql?raw'
import indexes16 from './indexes-16.sql?raw'
import {
  type IndexDefinition,
  parseForeignKey,
  parseIndex,
  parseIndexDefinition,
  parseTable,
  parseTableForm,
} from './parse.ts'
import { defined, toCount, toNumber, toText } from './read-values.ts'
import { createSchemaRest } from './rest.ts'
import rowWidthsSql from './row-widths.sql?raw'
import settingsSql from './settings.sql?raw'
import tables13 from './tables-13.sql?raw'
import tables16 from './tables-16.sql?raw'

/** Widths follow ANALYZE, names hardly ever change, and both are dear on wide schemas. */
const widthsEveryLooks = 10

/**
 * How tables and indexes of the connected database stand: sizes, scans, dead rows, vacuum's ages. What never changes of
 * an index is asked once.
 */
export const schema: Collector = {
  id: 'schema',
  everyMs: 60_000,
  begin(source) {
    const { versionNum } = source.server
    const tablesSql = sqlFor({ 130_000: tables13, 160_000: tables16 }, versionNum)
    const indexesSql = sqlFor({ 130_000: indexes13, 160_000: indexes16 }, versionNum)
    if (tablesSql === undefined || indexesSql === undefined) return undefined
    const definitions = new Map<number, IndexDefinition>()
    const watch = watchIn(source.recording)
    let widths: ReadonlyMap<number, number> = new Map()
    let unseenColumns = 0
    let looks = 0
    const rest = createSchemaRest()

    const readings = schemaReadingsOf(source.recording)
    readings.readBy(async () => {
      const startedAtMs = source.now()
      let spentMs = 0
      const ask: Source['ask'] = async (question, parameters) => {
        const answer = await source.ask(question, parameters)
        spentMs += answer.tookMs
        return answer
      }
      if (!rest.isDue(startedAtMs)) return undefined
      const settings = await ask({ name: 'schema_settings', sql: settingsSql })
      const database = toText(settings.rows[0]?.[0])
      const listed = await ask({ name: 'schema_indexes', sql: indexesSql })
      const isDue = looks % widthsEveryLooks === 0
      const beforeMs = spentMs
      await learnDefinitions(ask, listed.rows, definitions, database, isDue)
      if (isDue) {
        const answer = await ask({ name: 'schema_row_widths', sql: rowWidthsSql })
        widths = new Map(
          answer.rows.flatMap(([oid, width]) =>
            width === null || width === undefined ? [] : [[toCount(oid), Number(width)] as const],
          ),
        )
        unseenColumns = answer.rows.reduce((sum, [, , unseen]) => sum + toCount(unseen), 0)
      }
      // Of what is learned once, the next reading is free.
      const onceMs = spentMs - beforeMs
      const keys = await ask({ name: 'schema_foreign_keys', sql: foreignKeysSql })
      const tables = await ask({ name: 'schema_tables', sql: tablesSql })
      looks += 1

      const indexes = listed.rows.flatMap((row) => {
        const index = parseIndex(row, definitions, source.toWorkbenchMs)
        return index === undefined ? [] : [index]
      })
      const indexesOf = Map.groupBy(indexes, ({ tableOid }) => tableOid)
      const context = { database, indexesOf, averageRowBytes: widths, toWorkbenchMs: source.toWorkbenchMs }
      const reading: SchemaReading = {
        atMs: tables.atMs,
        database,
        tables: tables.rows.map((row) => parseTable(row, context)),
        indexes,
        foreignKeys: keys.rows.map((row) => parseForeignKey(row, database, indexesOf)),
        ...readSettings(settings, source),
        notes: describeLimits(unseenColumns, settings),
      }
      source.emit({ kind: 'schema', reading })
      const forms = new Map(tables.rows.map((row) => parseTableForm(row)))
      const indexFiles = new Map(listed.rows.map((row) => [toCount(row[0]), toCount(row[14])]))
      const marker = watch.see(reading, forms, indexFiles, readings.lastUnchangedMs)
      if (marker !== undefined) source.emit({ kind: 'marker', marker })
      rest.took(startedAtMs, spentMs, spentMs - onceMs)
      return marker === undefined ? 'nothing' : 'changes'
    })
    return async () => void (await readings.readNow())
  },
}

/** What was read last, by recording: the schema may change while the server is away. */
const watches = new WeakMap<object, SchemaWatch>()

function watchIn(recording: object): SchemaWatch {
  const watch = watches.get(recording) ?? createSchemaWatch()
  watches.set(recording, watch)
  return watch
}

/** Asks for the definitions of indexes that are new, and forgets those of dropped ones: OIDs are used again. */
async function learnDefinitions(
  ask: Source['ask'],
  rows: Answer['rows'],
  definitions: Map<number, IndexDefinition>,
  database: string,
  isDue: boolean,
): Promise<void> {
  const heldBy = new Map(rows.map((row) => [toCount(row[0]), row[12] === 't']))
  const names = new Map(rows.map((row) => [toCount(row[0]), row[13]]))
  for (const [oid, { name }] of definitions) {
    // Columns and tables get other names now and then; of another name of its own each reading tells.
    const isHeld = heldBy.get(oid)
    if (isHeld === undefined || ((isDue || names.get(oid) !== name) && !isHeld)) definitions.delete(oid)
  }
  const unknown = [...heldBy].flatMap(([oid, isHeld]) => (isHeld || definitions.has(oid) ? [] : [oid]))
  if (unknown.length === 0) return
  const answer = await ask({ name: 'schema_index_definitions', sql: indexDefinitionsSql }, [
    `{${unknown.join(',')}}`,
  ])
  for (const row of answer.rows) {
    const definition = parseIndexDefinition(row, database)
    definitions.set(definition.oid, definition)
  }
}

function readSettings(answer: Answer, source: Source): Pick<SchemaReading, 'settings' | 'countedSinceMs'> {
  const [, reset, settings] = answer.rows[0] ?? []
  const resetMs = toNumber(reset)
  return {
    settings:
      settings === null || settings === undefined ? {} : (JSON.parse(settings) as Record<string, string>),
    ...defined({ countedSinceMs: resetMs === undefined ? undefined : source.toWorkbenchMs(resetMs) }),
  }
}

function describeLimits(unseenColumns: number, settings: Answer): readonly string[] {
  const notes: string[] = []
  if (unseenColumns > 0) {
    notes.push(
      `Bloat can’t be estimated where columns were never analysed or may not be read: ${unseenColumns} columns.`,
    )
  }
  if (settings.rows[0]?.[3] === 't') {
    notes.push('This is a standby: scans are its own, rows and vacuum are counted on the primary.')
  }
  return notes
}
