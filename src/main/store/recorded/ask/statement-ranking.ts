import type { StatementRanking, StatementRow } from '#shared/contract/index.ts'
import { bucketsFor, type TimeRange } from '#shared/series/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import type { WaitClass } from '#shared/waits/index.ts'
import type { StatementFigure } from '#shared/workload/index.ts'
import type { Database } from '../../database.ts'
import { present, readRow } from '../../row-reader.ts'
import { statementColumns } from '../statement-columns.ts'
import type { StatementRankingQuestion } from '../types.ts'
import { figureSums, readFiguresInUse, readingsWithin, readReadings } from './statement-figures.ts'
import { readStatementKeys } from './statement-keys.ts'
import { readStatementLoad, readStatementSparks, type StatementLoad } from './statement-load.ts'
import { nameOfStatement, readBeginnings, readKnownTexts } from './statement-texts.ts'
import { readCovered, readTicks } from './ticks.ts'

interface Counted {
  /** In the order of the figures that were asked for. */
  readonly sums: number[]
  readonly databases: readonly string[]
  readonly users: readonly string[]
  readonly isTopLevel: boolean
}

/** Statements by what they took: figures of `pg_stat_statements` joined with load from samples. */
export async function statementRanking(
  database: Database,
  question: StatementRankingQuestion,
): Promise<StatementRanking> {
  const { range, limit } = question
  const { periodMs, sampledMs } = await readTicks(database, range)
  const buckets = bucketsFor(range, question.spark, 2 * periodMs)
  const keys = await readStatementKeys(database)
  const load = await readStatementLoad(database, range, keys)
  const sparks = await readStatementSparks(database, buckets, keys)
  const { figuresMs, figureNames, counted } = await readCounted(database, range)
  const coveredMs = await readCovered(database, buckets)
  const words = (question.match ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const isShort = words.length === 0
  const texts = isShort ? await readBeginnings(database) : await readKnownTexts(database)
  const totalMs = totalOf(load)

  const rows: StatementRow[] = []
  for (const key of new Set([...counted.keys(), ...load.keys()])) {
    const known = texts.get(key)
    if (known?.isOwn === true) continue
    const text = known?.text ?? keys.foldedText(key)
    const figures = counted.get(key)
    const sampled = load.get(key)
    const databases = figures?.databases ?? [...(sampled?.databases ?? [])].sort()
    const users = figures?.users ?? [...(sampled?.users ?? [])].sort()
    if (!holdsAll(words, [text ?? '', key, ...databases, ...users])) continue
    rows.push({
      key,
      ...(text === undefined ? {} : { text: isShort && known !== undefined ? text : nameOfStatement(text) }),
      databases,
      users,
      isTopLevel: figures?.isTopLevel ?? true,
      ...(sampledMs > 0 ? loadOf(sampled?.busyMs ?? 0, sampledMs, totalMs) : {}),
      byClass: byClassOf(sampled, sampledMs),
      ...(figures === undefined ? {} : { figures: figures.sums.map(round) }),
      ...present({ spark: sparkOf(sparks.get(key), coveredMs) }),
    })
  }
  const time = figureNames.indexOf('executionMs')
  rows.sort(
    (a, b) =>
      (b.averageSessions ?? 0) - (a.averageSessions ?? 0) ||
      (b.figures?.[time] ?? 0) - (a.figures?.[time] ?? 0) ||
      (a.key < b.key ? -1 : 1),
  )
  return {
    rows: rows.slice(0, limit),
    more: Math.max(0, rows.length - limit),
    figureNames,
    figuresMs,
    sampledMs,
    averageSessions: sampledMs > 0 ? totalMs / sampledMs : 0,
    sparkBuckets: buckets,
  }
}

interface CountedReadings {
  readonly figuresMs: Milliseconds
  /** Figures that are more than zero somewhere. */
  readonly figureNames: readonly StatementFigure[]
  readonly counted: ReadonlyMap<string, Counted>
}

/** What was counted last, of which readings. */
const lastCounted = new WeakMap<Database, CountedReadings & { readonly key: string }>()

/**
 * Growth by query id. `pg_stat_statements` is read every few seconds, and asked about every second while a window
 * follows: the same readings are counted once.
 */
async function readCounted(database: Database, range: TimeRange): Promise<CountedReadings> {
  const { key, figuresMs } = await readReadings(database, range)
  const last = lastCounted.get(database)
  if (last?.key === key) return last
  const figureNames = figuresMs > 0 ? await readFiguresInUse(database, range) : []
  const counted = { key, figuresMs, figureNames, counted: await countByQueryId(database, range, figureNames) }
  lastCounted.set(database, counted)
  return counted
}

/** Summed by entry, which is a number: there may be thousands. */
async function countByQueryId(
  database: Database,
  range: TimeRange,
  names: readonly StatementFigure[],
): Promise<ReadonlyMap<string, Counted>> {
  const counted = new Map<string, Counted>()
  if (names.length === 0) return counted
  const rows = await database.rows(
    `SELECT entry_no, ${figureSums(names)} FROM statement_deltas WHERE ${readingsWithin(range)} GROUP BY entry_no`,
  )
  const entries = await readEntries(database)
  for (const row of rows) {
    const entry = entries.get(Number(row['entry_no']))
    if (entry === undefined) continue
    const sums = names.map((name) => Number(row[statementColumns[name]] ?? 0))
    const known = counted.get(entry.queryId)
    if (known === undefined) {
      counted.set(entry.queryId, {
        sums,
        databases: [entry.databaseName],
        users: [entry.userName],
        isTopLevel: entry.isTopLevel,
      })
      continue
    }
    sums.forEach((sum, index) => {
      known.sums[index] = (known.sums[index] ?? 0) + sum
    })
    counted.set(entry.queryId, {
      sums: known.sums,
      databases: withName(known.databases, entry.databaseName),
      users: withName(known.users, entry.userName),
      isTopLevel: known.isTopLevel || entry.isTopLevel,
    })
  }
  return counted
}

function withName(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names : [...names, name].sort()
}

interface Entry {
  readonly queryId: string
  readonly databaseName: string
  readonly userName: string
  readonly isTopLevel: boolean
}

async function readEntries(database: Database): Promise<ReadonlyMap<number, Entry>> {
  const rows = await database.rows(
    'SELECT entry_no, query_id, database_name, user_name, is_top_level FROM statement_entries',
  )
  return new Map(
    rows.map(readRow).map((row) => [
      row.number('entry_no'),
      {
        queryId: row.text('query_id'),
        databaseName: row.text('database_name'),
        userName: row.text('user_name'),
        isTopLevel: row.flag('is_top_level'),
      },
    ]),
  )
}

function loadOf(busyMs: number, sampledMs: number, totalMs: number) {
  return { averageSessions: busyMs / sampledMs, loadShare: totalMs > 0 ? busyMs / totalMs : 0 }
}

function totalOf(load: ReadonlyMap<string, StatementLoad>): number {
  let totalMs = 0
  for (const { busyMs } of load.values()) totalMs += busyMs
  return totalMs
}

function byClassOf(
  sampled: StatementLoad | undefined,
  sampledMs: number,
): readonly (readonly [WaitClass, number])[] {
  if (sampled === undefined || sampledMs === 0) return []
  return [...sampled.byClass]
    .sort(([, a], [, b]) => b - a)
    .map(([waitClass, busyMs]) => [waitClass, busyMs / sampledMs])
}

function sparkOf(
  busyMs: ReadonlyMap<number, number> | undefined,
  coveredMs: Float64Array,
): readonly (number | null)[] | undefined {
  if (busyMs === undefined) return undefined
  return Array.from(coveredMs, (covered, bucket) =>
    covered > 0 ? round((busyMs.get(bucket) ?? 0) / covered) : null,
  )
}

/** There are thousands of them: a thousandth is enough of each. */
function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}

function holdsAll(words: readonly string[], texts: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = texts.join('\n').toLowerCase()
  return words.every((word) => text.includes(word))
}
