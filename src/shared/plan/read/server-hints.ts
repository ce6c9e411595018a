import { listRawNodes, type RawPlan, type RawPlanNode, type RawRecord } from '../raw.ts'
import type { PlanFormat, ServerHints } from './found-plan.ts'

/** A key, and the first major version that writes it. */
interface KeyHint {
  readonly key: string
  readonly version: number
}

type KnownKeys = readonly KeyHint[]

function newestFirst(versions: Readonly<Record<string, number>>): KnownKeys {
  return Object.entries(versions)
    .map(([key, version]) => ({ key, version }))
    .toSorted((a, b) => b.version - a.version)
}

/** Keys of a node and the first major version that writes them (EXPLAIN's source, `explain.c` of each branch). */
const nodeKeys = newestFirst({
  'Parallel Aware': 9.6,
  'Partial Mode': 9.6,
  'Workers Planned': 9.6,
  'Inner Unique': 10,
  'Subplans Removed': 11,
  'Presorted Key': 13,
  'WAL Records': 13,
  'Full-sort Groups': 13,
  'HashAgg Batches': 13,
  'Planned Partitions': 13,
  'Async Capable': 14,
  'Cache Key': 14,
  'Temp I/O Read Time': 15,
  'Run Condition': 15,
  // Not `Tuples Inserted`: ON CONFLICT has it since 9.5.
  'Tuples Skipped': 15,
  'Shared I/O Read Time': 17,
  'Local I/O Read Time': 17,
  'WAL Buffers Full': 18,
  'Index Searches': 18,
  'Maximum Storage': 18,
  Window: 18,
  Replaces: 19,
})

/** Keys that the text form does not show: its reader fills them in, so they tell nothing there. */
const filled: ReadonlySet<string> = new Set([
  'Parallel Aware',
  'Async Capable',
  'Partial Mode',
  'Inner Unique',
  // 16 and 17 write the same words for them.
  'Shared I/O Read Time',
  'Local I/O Read Time',
])
const shownKeys: KnownKeys = nodeKeys.filter(({ key }) => !filled.has(key))

const planKeys = newestFirst({
  JIT: 11,
  Settings: 12,
  Planning: 13,
  'Query Identifier': 14,
  'Query Parameters': 16,
  Serialization: 17,
})

/** Written on every node in the structured formats from this version on. */
const everywhere: KnownKeys = [
  { key: 'Parallel Aware', version: 9.6 },
  { key: 'Async Capable', version: 14 },
  { key: 'Disabled', version: 18 },
]

/** What a plan's keys betray of its server's major version. */
export function hintServer(raw: RawPlan, format: PlanFormat, text?: string): ServerHints {
  let atLeast: number | undefined
  let below: number | undefined
  const reasons = new Map<string, string>()
  const least = (version: number, reason: string): void => {
    if (atLeast !== undefined && version <= atLeast) return
    atLeast = version
    reasons.set('least', `${reason}: ${version} or later`)
  }
  const before = (version: number, reason: string): void => {
    if (below !== undefined && version >= below) return
    below = version
    reasons.set('below', `${reason}: before ${version}`)
  }
  const readKeys = (record: RawRecord, known: KnownKeys): void => {
    for (const hint of known) {
      // The newest come first: older ones would tell nothing more.
      if (atLeast !== undefined && hint.version <= atLeast) return
      if (record[hint.key] !== undefined) least(hint.version, hint.key)
    }
  }

  readKeys(raw, planKeys)
  const isText = format === 'text'
  let missing = isText ? [] : everywhere
  for (const node of listRawNodes(raw)) {
    readKeys(node, isText ? shownKeys : nodeKeys)
    if (missing.length > 0) missing = withoutSaid(missing, node)
    readNode(node, least, before)
  }
  if (!isText) {
    for (const hint of everywhere) {
      if (missing.includes(hint)) before(hint.version, `no ${hint.key}`)
      else least(hint.version, hint.key)
    }
  } else if (text !== undefined) readText(text, least, before)
  return {
    ...(atLeast === undefined ? {} : { atLeastVersion: atLeast }),
    ...(below === undefined || (atLeast !== undefined && below <= atLeast) ? {} : { belowVersion: below }),
    reasons: [...reasons.values()],
  }
}

/** The hints whose keys a node does not say. */
function withoutSaid(hints: KnownKeys, node: RawPlanNode): KnownKeys {
  return hints.some(({ key }) => Object.hasOwn(node, key))
    ? hints.filter(({ key }) => !Object.hasOwn(node, key))
    : hints
}

type Say = (version: number, reason: string) => void

function readNode(node: RawPlanNode, least: Say, before: Say): void {
  const rows = node['Actual Rows']
  if (typeof rows === 'number' && !Number.isInteger(rows)) least(18, 'rows with decimals')
  if (node['I/O Read Time'] !== undefined) before(17, 'I/O Read Time')
  if (node['Operation'] === 'Merge') least(15, 'MERGE')
  const name = node['Subplan Name']
  if (typeof name === 'string' && name.includes('(returns $')) before(17, 'InitPlan (returns $n)')
}

const parallelWords = ['Parallel ', 'Gather', 'Partial ', 'Finalize ']

function readText(text: string, least: Say, before: Say): void {
  // A search for a word is much quicker than one for the start of a line, and mostly enough.
  if (parallelWords.some((word) => text.includes(word))) {
    if (/^ *(?:-> *)?(?:Parallel |Gather|Partial |Finalize )/m.test(text)) least(9.6, 'parallel nodes')
  }
  if (text.includes('Async ') && /^ *(?:-> *)?Async /m.test(text)) least(14, 'asynchronous nodes')
  // All nodes of a plan say it alike: the first one tells.
  const rows = /actual [^)]{0,80}rows=\d+(\.\d\d)? loops/.exec(text)
  if (rows?.[1] !== undefined) least(18, 'rows with decimals')
  else if (rows !== null) before(18, 'rows without decimals')
  if (
    (text.includes('Planning time') || text.includes('Execution time')) &&
    /^\s*(?:Planning|Execution) time: /m.test(text)
  )
    before(11, 'time in small letters')
  if (text.includes('Total runtime: ') && /^\s*Total runtime: /m.test(text)) before(9.4, 'Total runtime')
}
