import { type PlanTraits, put } from './drafts.ts'
import type { MutableRecord } from './mutable-record.ts'
import { splitList } from './split-list.ts'
import { pendingBlocks, pendingIo, readBuffers, readIoTimings, readWal } from './usage-lines.ts'

const numberLabels: readonly string[] = [
  'Rows Removed by Filter',
  'Rows Removed by Join Filter',
  'Rows Removed by Index Recheck',
  'Rows Removed by Conflict Filter',
  'Heap Fetches',
  'Index Searches',
  'Workers Planned',
  'Workers Launched',
  'Tuples Inserted',
  'Conflicting Tuples',
  'Subplans Removed',
  'Batch Size',
  'Functions',
]
const flagLabels: readonly string[] = ['Disabled', 'Single Copy', 'Inner Unique']

/** Reads one line's value into a record; false if it has another shape than the server's. */
export type Reader = (record: MutableRecord, text: string, traits: PlanTraits) => boolean

/** A reader of a line that one pattern describes. */
const byPattern =
  (pattern: RegExp, take: (groups: readonly (string | undefined)[], record: MutableRecord) => void): Reader =>
  (record, text) => {
    const match = pattern.exec(text)
    if (match === null) return false
    take(match, record)
    return true
  }

const sort = byPattern(
  /^([\w -]{1,60}?) {1,4}(Memory|Disk): (\d{1,18})kB$/,
  ([, method = '', type = '', used], record) => {
    record['Sort Method'] = method
    record['Sort Space Used'] = Number(used)
    record['Sort Space Type'] = type
  },
)

const hash = byPattern(
  /^(\d{1,18})(?: \(originally (\d{1,18})\))? {1,4}Batches: (\d{1,18})(?: \(originally (\d{1,18})\))? {1,4}Memory Usage: (\d{1,18})kB$/,
  ([, buckets, firstBuckets, batches, firstBatches, used], record) => {
    record['Hash Buckets'] = Number(buckets)
    record['Original Hash Buckets'] = Number(firstBuckets ?? buckets)
    record['Hash Batches'] = Number(batches)
    record['Original Hash Batches'] = Number(firstBatches ?? batches)
    record['Peak Memory Usage'] = Number(used)
  },
)

const hashAggregate = byPattern(
  /^(?:Planned Partitions: (\d{1,18}))? {0,4}(?:Batches: (\d{1,18}) {1,4}Memory Usage: (\d{1,18})kB(?: {1,4}Disk Usage: (\d{1,18})kB)?)?$/,
  ([, planned, batches, used, disk], record) => {
    if (planned !== undefined) record['Planned Partitions'] = Number(planned)
    if (batches === undefined) return
    record['HashAgg Batches'] = Number(batches)
    record['Peak Memory Usage'] = Number(used)
    record['Disk Usage'] = Number(disk ?? 0)
  },
)

const memoize = byPattern(
  /^(\d{1,18}) {1,4}Misses: (\d{1,18}) {1,4}Evictions: (\d{1,18}) {1,4}Overflows: (\d{1,18}) {1,4}Memory Usage: (\d{1,18})kB$/,
  ([, hits, misses, evictions, overflows, used], record) => {
    record['Cache Hits'] = Number(hits)
    record['Cache Misses'] = Number(misses)
    record['Cache Evictions'] = Number(evictions)
    record['Cache Overflows'] = Number(overflows)
    record['Peak Memory Usage'] = Number(used)
  },
)

const memoizeEstimates = byPattern(
  /^capacity=(\d{1,18}) distinct keys=(\d{1,330}) lookups=(\d{1,330}) hit percent=(\d{1,18}(?:\.\d{1,9})?)%$/,
  ([, capacity, keys, lookups, percent], record) => {
    record['Estimated Capacity'] = Number(capacity)
    record['Estimated Distinct Lookup Keys'] = Number(keys)
    record['Estimated Lookups'] = Number(lookups)
    record['Estimated Hit Percent'] = Number(percent)
  },
)

const storage = byPattern(
  /^(\w{1,40}) {1,4}Maximum Storage: (\d{1,18})kB$/,
  ([, kind = '', used], record) => {
    record['Storage'] = kind
    record['Maximum Storage'] = Number(used)
  },
)

const heapBlocks = byPattern(/^(?:exact=(\d{1,18}))? ?(?:lossy=(\d{1,18}))?$/, ([, exact, lossy], record) => {
  record['Exact Heap Blocks'] = Number(exact ?? 0)
  record['Lossy Heap Blocks'] = Number(lossy ?? 0)
})

const sampling: Reader = (record, text) => {
  const open = text.indexOf(' (')
  if (open === -1 || !text.endsWith(')')) return false
  const repeatable = text.lastIndexOf(') REPEATABLE (')
  const end = repeatable === -1 ? text.length - 1 : repeatable
  if (end < open + 2) return false
  record['Sampling Method'] = text.slice(0, open)
  const parameters = text.slice(open + 2, end)
  record['Sampling Parameters'] = parameters === '' ? [] : splitList(parameters)
  if (repeatable !== -1) record['Repeatable Seed'] = text.slice(repeatable + 14, -1)
  return true
}

const tuples: Reader = (record, text) => {
  const counts = new Map<string, number>()
  for (const word of text === '' ? [] : text.split(' ')) {
    const match = /^(inserted|updated|deleted|skipped)=(\d{1,18})$/.exec(word)
    if (match === null) return false
    counts.set(match[1] ?? '', Number(match[2]))
  }
  for (const word of ['Inserted', 'Updated', 'Deleted', 'Skipped'])
    record[`Tuples ${word}`] = counts.get(word.toLowerCase()) ?? 0
  return true
}

const sortSpace = / {1,4}Average (Memory|Disk): (\d{1,18})kB {1,4}Peak (?:Memory|Disk): (\d{1,18})kB/y

/** `12  Sort Methods: quicksort, top-N heapsort  Average Memory: 27kB  Peak Memory: 27kB`. */
const sortGroups =
  (key: string): Reader =>
  (record, text) => {
    const head = /^(\d{1,18}) {1,4}(?:Presorted )?(?:Sort )?Methods?: ((?:[\w-]| (?! )|, )*)/.exec(text)
    if (head === null) return false
    const methods = head[2]?.trim() ?? ''
    const group: MutableRecord = {
      'Group Count': Number(head[1]),
      'Sort Methods Used': methods === '' ? [] : methods.split(', '),
    }
    sortSpace.lastIndex = head[0].length
    while (sortSpace.lastIndex < text.length) {
      const space = sortSpace.exec(text)
      if (space === null) return false
      group[`Sort Space ${space[1] ?? ''}`] = {
        'Average Sort Space Used': Number(space[2]),
        'Peak Sort Space Used': Number(space[3]),
      }
    }
    record[key] = group
    return true
  }

/** `Inlining false, Optimization true`. */
const options: Reader = (record, text) => {
  const flags: MutableRecord = {}
  for (const word of text.split(', ')) {
    const match = /^(\w+) (true|false)$/.exec(word)
    if (match === null) return false
    put(flags, match[1] ?? '', match[2] === 'true')
  }
  record['Options'] = flags
  return true
}

const jitPhase = /(\w+) (\d{1,18}(?:\.\d{1,9})?) ms(?: \(Deform (\d{1,18}(?:\.\d{1,9})?) ms\))?(?:, |$)/y

/** `Generation 1.200 ms (Deform 0.400 ms), Inlining 0.000 ms, …`. */
const timing: Reader = (record, text) => {
  const phases: MutableRecord = {}
  jitPhase.lastIndex = 0
  while (jitPhase.lastIndex < text.length) {
    const match = jitPhase.exec(text)
    if (match === null) return false
    const [, phase = '', total, deform] = match
    put(
      phases,
      phase,
      deform === undefined ? Number(total) : { Deform: Number(deform), Total: Number(total) },
    )
  }
  record['Timing'] = phases
  return true
}

const memory = byPattern(/^used=(\d{1,18})kB {1,4}allocated=(\d{1,18})kB$/, ([, used, allocated], record) => {
  record['Memory Used'] = Number(used)
  record['Memory Allocated'] = Number(allocated)
})

export const plainNumber = /^-?\d{1,330}(?:\.\d{1,20})?$/

const numeric =
  (label: string): Reader =>
  (record, text) => {
    if (!plainNumber.test(text)) return false
    record[label] = Number(text)
    return true
  }

const flag =
  (label: string): Reader =>
  (record, text) => {
    if (text !== 'true' && text !== 'false') return false
    record[label] = text === 'true'
    return true
  }

/** How the values of the server's labels are read that are neither texts nor lists. */
export const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...numberLabels.map((label) => [label, numeric(label)] as const),
  ...flagLabels.map((label) => [label, flag(label)] as const),
  ['Sort Method', sort],
  ['Buckets', hash],
  [
    'Planned Partitions',
    (record, text, traits) => hashAggregate(record, `Planned Partitions: ${text}`, traits),
  ],
  ['Batches', (record, text, traits) => hashAggregate(record, `Batches: ${text}`, traits)],
  ['Hits', memoize],
  ['Estimates', memoizeEstimates],
  ['Storage', storage],
  ['Heap Blocks', heapBlocks],
  ['Sampling', sampling],
  ['Tuples', tuples],
  ['Full-sort Groups', sortGroups('Full-sort Groups')],
  ['Pre-sorted Groups', sortGroups('Pre-sorted Groups')],
  [pendingBlocks, readBuffers],
  [pendingIo, readIoTimings],
  ['WAL', readWal],
  ['Options', options],
  ['Timing', timing],
  ['Memory', memory],
])
