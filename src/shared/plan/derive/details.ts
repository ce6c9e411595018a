import type {
  BitmapFigures,
  HashFigures,
  MemoizeFigures,
  NodeText,
  SortFigures,
  SortGroups,
  WorkerFigures,
} from '../plan-types.ts'
import {
  asNumber,
  asText,
  asTexts,
  isRecord,
  type RawPlanNode,
  type RawRecord,
  type RawValue,
  readNumber,
  readRecords,
  readText,
  readTexts,
} from '../raw.ts'
import { readBuffers } from './buffers.ts'

const kibibyte = 1_024

/** Sizes that EXPLAIN prints in kB, in bytes. */
function kilobytes(value: RawValue | undefined): number | undefined {
  const count = asNumber(value)
  return count === undefined ? undefined : count * kibibyte
}

export function readSort(record: RawRecord): SortFigures | undefined {
  // Most of a plan's nodes have none of what is asked for here: that is quickest to see.
  if (record['Sort Method'] === undefined && record['Sort Space Used'] === undefined) return undefined
  const method = asText(record['Sort Method'])
  const spaceBytes = kilobytes(record['Sort Space Used'])
  if (method === undefined && spaceBytes === undefined) return undefined
  return { method, spaceBytes, spaceType: readText(record, 'Sort Space Type') }
}

function readSortGroup(raw: RawRecord, key: string, kind: SortGroups['kind']): SortGroups | undefined {
  const group = raw[key]
  if (!isRecord(group)) return undefined
  const memory = group['Sort Space Memory']
  const disk = group['Sort Space Disk']
  return {
    kind,
    groupCount: readNumber(group, 'Group Count') ?? 0,
    methods: readTexts(group, 'Sort Methods Used'),
    peakMemoryBytes: isRecord(memory) ? kilobytes(memory['Peak Sort Space Used']) : undefined,
    peakDiskBytes: isRecord(disk) ? kilobytes(disk['Peak Sort Space Used']) : undefined,
  }
}

const noSortGroups: readonly SortGroups[] = []

export function readSortGroups(raw: RawPlanNode): readonly SortGroups[] {
  if (raw['Full-sort Groups'] === undefined) return noSortGroups
  return [
    readSortGroup(raw, 'Full-sort Groups', 'fullSort'),
    readSortGroup(raw, 'Pre-sorted Groups', 'preSorted'),
  ].filter((group) => group !== undefined)
}

const hashTypes: ReadonlySet<string> = new Set(['Hash', 'Aggregate', 'SetOp'])

/** Hash tables of Hash and of hashing aggregates; aggregates say `HashAgg Batches`. */
export function readHash(raw: RawPlanNode): HashFigures | undefined {
  if (!hashTypes.has(raw['Node Type'])) return undefined
  const buckets = asNumber(raw['Hash Buckets'])
  const batches = asNumber(raw['Hash Batches']) ?? asNumber(raw['HashAgg Batches'])
  const plannedPartitions = asNumber(raw['Planned Partitions'])
  const peakMemoryBytes = kilobytes(raw['Peak Memory Usage'])
  if ((buckets ?? batches ?? plannedPartitions ?? peakMemoryBytes) === undefined) return undefined
  return {
    buckets,
    originalBuckets: asNumber(raw['Original Hash Buckets']),
    batches,
    originalBatches: asNumber(raw['Original Hash Batches']),
    plannedPartitions,
    peakMemoryBytes,
    diskBytes: kilobytes(raw['Disk Usage']),
  }
}

export function readMemoize(raw: RawPlanNode): MemoizeFigures | undefined {
  if (raw['Cache Hits'] === undefined && raw['Cache Misses'] === undefined) return undefined
  const hits = asNumber(raw['Cache Hits'])
  const misses = asNumber(raw['Cache Misses'])
  if (hits === undefined && misses === undefined) return undefined
  return {
    hits: hits ?? 0,
    misses: misses ?? 0,
    evictions: asNumber(raw['Cache Evictions']) ?? 0,
    overflows: asNumber(raw['Cache Overflows']) ?? 0,
    peakMemoryBytes: kilobytes(raw['Peak Memory Usage']),
  }
}

export function readBitmap(raw: RawPlanNode): BitmapFigures | undefined {
  if (raw['Exact Heap Blocks'] === undefined && raw['Lossy Heap Blocks'] === undefined) return undefined
  const exactBlocks = asNumber(raw['Exact Heap Blocks'])
  const lossyBlocks = asNumber(raw['Lossy Heap Blocks'])
  if (exactBlocks === undefined && lossyBlocks === undefined) return undefined
  return { exactBlocks: exactBlocks ?? 0, lossyBlocks: lossyBlocks ?? 0 }
}

const noWorkers: readonly WorkerFigures[] = []

/** Figures per worker; before 13 one worker could stand in two entries, which are joined here. */
export function readWorkers(raw: RawPlanNode): readonly WorkerFigures[] {
  if (raw['Workers'] === undefined) return noWorkers
  const byNumber = new Map<number, RawRecord>()
  for (const [at, worker] of readRecords(raw, 'Workers').entries()) {
    const number = readNumber(worker, 'Worker Number') ?? at
    byNumber.set(number, { ...byNumber.get(number), ...worker })
  }
  return [...byNumber].map(([workerNumber, worker]) => {
    const loops = readNumber(worker, 'Actual Loops')
    const meanMs = readNumber(worker, 'Actual Total Time')
    return {
      workerNumber,
      loops,
      actualRows: readNumber(worker, 'Actual Rows'),
      workMs: loops === undefined || meanMs === undefined ? undefined : meanMs * loops,
      buffers: readBuffers(worker),
      sort: readSort(worker),
    }
  })
}

/** Keys whose text says what a node does, in the words of the text form. */
const textKeys: ReadonlySet<string> = new Set([
  'Index Cond',
  'Recheck Cond',
  'TID Cond',
  'Order By',
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'Filter',
  'One-Time Filter',
  'Conflict Filter',
  'Conflict Resolution',
  'Conflict Arbiter Indexes',
  'Run Condition',
  'Window',
  'Sort Key',
  'Presorted Key',
  'Group Key',
  'Cache Key',
  'Cache Mode',
  'Function Call',
  'Table Function Call',
  'Sampling Method',
  'Sampling Parameters',
  'Repeatable Seed',
  'Params Evaluated',
  'Remote SQL',
  'Relations',
])

const noTexts: NodeText[] = []

export function readConditions(raw: RawPlanNode): readonly NodeText[] {
  let conditions = noTexts
  for (const label in raw) {
    const value = raw[label]
    // Most keys hold numbers: that is quicker to see than what the key is called.
    if ((typeof value !== 'string' && typeof value !== 'object') || !textKeys.has(label)) continue
    const texts = asTexts(value)
    if (texts.length === 0) continue
    // A list of one or two is smaller than one that grows.
    const first = conditions[0]
    if (first === undefined) conditions = [{ label, texts }]
    else if (conditions.length === 1) conditions = [first, { label, texts }]
    else conditions.push({ label, texts })
  }
  return conditions
}
