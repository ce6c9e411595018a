import { quoteIdentifier } from '../../statements/index.ts'
import {
  asNumber,
  asText,
  isRecord,
  type RawPlanNode,
  type RawRecord,
  readNumber,
  readRecords,
  readText,
  readTexts,
} from '../raw.ts'
import { formatJit } from './jit-text.ts'
import { plainLines } from './plain-lines.ts'
import { formatBuffers, formatIoTimings, formatWal } from './usage-text.ts'

export interface TextStyle {
  /** Mean rows with two decimals (18 and later). */
  readonly fractionalRows: boolean
  readonly verbose: boolean
}

/** ` (actual time=0.01..0.02 rows=1 loops=1)`, ` (never executed)`, or nothing without ANALYZE. */
export function formatActual(record: RawRecord, style: TextStyle): string {
  const loops = readNumber(record, 'Actual Loops')
  if (loops === undefined) return ''
  if (loops === 0) return ' (never executed)'
  return readNumber(record, 'Actual Rows') === undefined ? '' : ` (${actual(record, style)})`
}

function actual(record: RawRecord, { fractionalRows }: TextStyle): string {
  const startup = readNumber(record, 'Actual Startup Time')
  const total = readNumber(record, 'Actual Total Time')
  const time =
    startup === undefined || total === undefined ? '' : `time=${startup.toFixed(3)}..${total.toFixed(3)} `
  const rows = (readNumber(record, 'Actual Rows') ?? 0).toFixed(fractionalRows ? 2 : 0)
  return `actual ${time}rows=${rows} loops=${(readNumber(record, 'Actual Loops') ?? 0).toFixed(0)}`
}

/** One line or several from the keys of one group; written where its first key stands. */
type Writer = (record: RawRecord, style: TextStyle) => readonly (string | undefined)[]

const kilobytes = (record: RawRecord, key: string): string => `${(readNumber(record, key) ?? 0).toFixed(0)}kB`
const count = (record: RawRecord, key: string): string => (readNumber(record, key) ?? 0).toFixed(0)
const isPositive = (record: RawRecord, key: string): boolean => (readNumber(record, key) ?? 0) > 0

const sort: Writer = (record) => {
  const method = `Sort Method: ${readText(record, 'Sort Method') ?? ''}`
  const type = readText(record, 'Sort Space Type')
  // Texts that were made to be compared leave the space out.
  return [type === undefined ? method : `${method}  ${type}: ${kilobytes(record, 'Sort Space Used')}`]
}

const hash: Writer = (record) => {
  const grown = (now: string, first: string): string => {
    const changed =
      record['Original Hash Batches'] !== record['Hash Batches'] ||
      record['Original Hash Buckets'] !== record['Hash Buckets']
    return `${count(record, now)}${changed ? ` (originally ${count(record, first)})` : ''}`
  }
  const buckets = grown('Hash Buckets', 'Original Hash Buckets')
  const batches = grown('Hash Batches', 'Original Hash Batches')
  return [`Buckets: ${buckets}  Batches: ${batches}  Memory Usage: ${kilobytes(record, 'Peak Memory Usage')}`]
}

/** A hashing aggregate: what was planned, and what came of it; nothing when neither says anything. */
const hashAggregate: Writer = (record) => {
  const words: string[] = []
  if (isPositive(record, 'Planned Partitions'))
    words.push(`Planned Partitions: ${count(record, 'Planned Partitions')}`)
  if (record['HashAgg Batches'] !== undefined) {
    words.push(
      `Batches: ${count(record, 'HashAgg Batches')}`,
      `Memory Usage: ${kilobytes(record, 'Peak Memory Usage')}`,
    )
    if ((readNumber(record, 'HashAgg Batches') ?? 0) > 1)
      words.push(`Disk Usage: ${kilobytes(record, 'Disk Usage')}`)
  }
  return [words.length === 0 ? undefined : words.join('  ')]
}

const memoize: Writer = (record) => [
  [
    `Hits: ${count(record, 'Cache Hits')}`,
    `Misses: ${count(record, 'Cache Misses')}`,
    `Evictions: ${count(record, 'Cache Evictions')}`,
    `Overflows: ${count(record, 'Cache Overflows')}`,
    `Memory Usage: ${kilobytes(record, 'Peak Memory Usage')}`,
  ].join('  '),
]

const storage: Writer = (record) => {
  const most =
    record['Maximum Storage'] === undefined
      ? ''
      : `  Maximum Storage: ${kilobytes(record, 'Maximum Storage')}`
  return [`Storage: ${readText(record, 'Storage') ?? ''}${most}`]
}

const heapBlocks: Writer = (record) => {
  const exact = isPositive(record, 'Exact Heap Blocks') ? ` exact=${count(record, 'Exact Heap Blocks')}` : ''
  const lossy = isPositive(record, 'Lossy Heap Blocks') ? ` lossy=${count(record, 'Lossy Heap Blocks')}` : ''
  return [exact === '' && lossy === '' ? undefined : `Heap Blocks:${exact}${lossy}`]
}

const sampling: Writer = (record) => {
  const seed = readText(record, 'Repeatable Seed')
  const repeatable = seed === undefined ? '' : ` REPEATABLE (${seed})`
  const parameters = readTexts(record, 'Sampling Parameters').join(', ')
  return [`Sampling: ${readText(record, 'Sampling Method') ?? ''} (${parameters})${repeatable}`]
}

const sortGroups =
  (key: string): Writer =>
  (record) => {
    const group = record[key]
    if (!isRecord(group)) return group === undefined ? [] : plainLines(key, group)
    const methods = readTexts(group, 'Sort Methods Used')
    const space = (type: string): string => {
      const used = group[`Sort Space ${type}`]
      if (!isRecord(used)) return ''
      const average = kilobytes(used, 'Average Sort Space Used')
      return `  Average ${type}: ${average}  Peak ${type}: ${kilobytes(used, 'Peak Sort Space Used')}`
    }
    const label = `Sort Method${methods.length > 1 ? 's' : ''}`
    const head = `${key}: ${count(group, 'Group Count')}  ${label}: ${methods.join(', ')}`
    return [`${head}${space('Memory')}${space('Disk')}`]
  }

/** Keys of grouping sets: a list of lists for each set, under a sort of its own where it needs one. */
const groupingSets: Writer = (record) =>
  readRecords(record, 'Grouping Sets').flatMap((set) => {
    const sortKeys = readTexts(set, 'Sort Key')
    const lines: string[] = sortKeys.length > 0 ? [`Sort Key: ${sortKeys.join(', ')}`] : []
    const lead = sortKeys.length > 0 ? '  ' : ''
    for (const label of ['Hash Key', 'Group Key']) {
      const keys = set[`${label}s`]
      if (!Array.isArray(keys)) continue
      for (const list of keys) {
        const text = Array.isArray(list) ? list.filter((entry) => typeof entry === 'string').join(', ') : ''
        lines.push(`${lead}${label}: ${text === '' ? '()' : text}`)
      }
    }
    return lines
  })

/** The tables that a write reaches, where they are not the one it names, with what a foreign one says below it. */
const targetTables: Writer = (record) =>
  readRecords(record, 'Target Tables').flatMap((target) => {
    const { 'Relation Name': relation, Schema: schema, Alias: alias, Operation: own, ...others } = target
    const name = asText(relation) ?? ''
    const path = `${typeof schema === 'string' ? `${quoteIdentifier(schema)}.` : ''}${quoteIdentifier(name)}`
    const also = typeof alias !== 'string' || alias === name ? '' : ` ${quoteIdentifier(alias)}`
    const below = Object.entries(others).flatMap(([key, value]) => plainLines(key, value))
    // Only foreign tables say something, and in JSON nothing else tells that they are.
    const isForeign = below.length > 0
    const operation = asText(own) ?? `${isForeign ? 'Foreign ' : ''}${readText(record, 'Operation') ?? ''}`
    return [`${operation} on ${path}${also}`, ...below.map((line) => `  ${line}`)]
  })

/** What became of the rows: one line for MERGE, properties of their own for ON CONFLICT. */
const tuples: Writer = (record) => {
  if (record['Conflicting Tuples'] !== undefined)
    return [`Tuples Inserted: ${count(record, 'Tuples Inserted')}`]
  const words = ['Inserted', 'Updated', 'Deleted', 'Skipped']
    .filter((word) => isPositive(record, `Tuples ${word}`))
    .map((word) => ` ${word.toLowerCase()}=${count(record, `Tuples ${word}`)}`)
  return [words.length === 0 ? undefined : `Tuples:${words.join('')}`]
}

const whenTrue =
  (key: string): Writer =>
  (record) => [record[key] === true ? `${key}: true` : undefined]

const whenPositive =
  (key: string): Writer =>
  (record) => {
    const value = record[key]
    // A masked count stands as it came.
    if (typeof value === 'string' && asNumber(value) === undefined) return plainLines(key, value)
    return [isPositive(record, key) ? `${key}: ${count(record, key)}` : undefined]
  }

/** How a key is written where text and JSON differ; keys that their group's first key writes are silent. */
const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ['Disabled', whenTrue('Disabled')],
  ['Single Copy', whenTrue('Single Copy')],
  ['Inner Unique', (record, style) => (style.verbose ? whenTrue('Inner Unique')(record, style) : [])],
  ['Subplans Removed', whenPositive('Subplans Removed')],
  ['Rows Removed by Filter', whenPositive('Rows Removed by Filter')],
  ['Rows Removed by Join Filter', whenPositive('Rows Removed by Join Filter')],
  ['Rows Removed by Index Recheck', whenPositive('Rows Removed by Index Recheck')],
  ['Rows Removed by Conflict Filter', whenPositive('Rows Removed by Conflict Filter')],
  ['Sort Method', sort],
  ['Hash Buckets', hash],
  ['Planned Partitions', hashAggregate],
  [
    'HashAgg Batches',
    (record, style) => (record['Planned Partitions'] === undefined ? hashAggregate(record, style) : []),
  ],
  ['Cache Hits', memoize],
  ['Storage', storage],
  ['Exact Heap Blocks', heapBlocks],
  ['Sampling Method', sampling],
  ['Full-sort Groups', sortGroups('Full-sort Groups')],
  ['Pre-sorted Groups', sortGroups('Pre-sorted Groups')],
  ['Grouping Sets', groupingSets],
  ['Target Tables', targetTables],
  ['Tuples Inserted', tuples],
  ['Shared Hit Blocks', (record) => [formatBuffers(record), formatIoTimings(record)]],
  ['WAL Records', (record) => [formatWal(record)]],
  ['JIT', (record) => formatJit(record['JIT'])],
])

const words = (text: string): readonly string[] => text.split(', ')

const silentKeys: ReadonlySet<string> = new Set(
  [
    words(
      'Node Type, Strategy, Partial Mode, Operation, Parent Relationship, Subplan Name, Command, Join Type',
    ),
    words(
      'Custom Plan Provider, Parallel Aware, Async Capable, Scan Direction, Plans, Workers, Worker Number',
    ),
    words(
      'Index Name, Relation Name, Schema, Alias, CTE Name, Tuplestore Name, Function Name, Table Function Name',
    ),
    words('Startup Cost, Total Cost, Plan Rows, Plan Width'),
    words('Actual Startup Time, Actual Total Time, Actual Rows, Actual Loops'),
    words(
      'Sort Space Used, Sort Space Type, Peak Memory Usage, Disk Usage, Maximum Storage, Lossy Heap Blocks',
    ),
    words('Original Hash Buckets, Hash Batches, Original Hash Batches, Sampling Parameters, Repeatable Seed'),
    words('Cache Misses, Cache Evictions, Cache Overflows, Tuples Updated, Tuples Deleted, Tuples Skipped'),
    words('Temp Read Blocks, Temp Written Blocks, WAL FPI, WAL Bytes, WAL Buffers Full'),
    words('Hit, Read, Dirtied, Written').flatMap((word) => [`Shared ${word} Blocks`, `Local ${word} Blocks`]),
    ['', 'Shared ', 'Local ', 'Temp '].flatMap((kind) => [`${kind}I/O Read Time`, `${kind}I/O Write Time`]),
  ].flat(),
)

function ownProperties(record: RawRecord, style: TextStyle): readonly string[] {
  const lines: string[] = []
  for (const key in record) {
    const write = writers.get(key)
    if (write !== undefined) {
      for (const line of write(record, style)) if (line !== undefined) lines.push(line)
    } else if (!silentKeys.has(key)) {
      const value = record[key]
      if (value !== undefined) lines.push(...plainLines(key, value))
    }
  }
  return lines
}

/** The lines under a node, without their indent: properties in the server's order, then workers, then what was pruned. */
export function formatProperties(raw: RawPlanNode, style: TextStyle): readonly string[] {
  const { 'Subplans Removed': removed, ...rest } = raw
  const lines = [...ownProperties(rest, style), ...formatWorkers(raw, style)]
  if (typeof removed === 'number' && removed > 0) lines.push(`Subplans Removed: ${removed}`)
  return lines
}

/** Each worker's first line stands behind its number, the others a step further in. */
function formatWorkers(raw: RawPlanNode, style: TextStyle): readonly string[] {
  return readRecords(raw, 'Workers').flatMap((worker) => {
    const own = [
      ...(worker['Actual Loops'] === undefined ? [] : [actual(worker, style)]),
      ...ownProperties(worker, style),
    ]
    return own.map((line, at) =>
      at === 0 ? `Worker ${count(worker, 'Worker Number')}:  ${line}` : `  ${line}`,
    )
  })
}
