import { formatBytes, formatCount, formatDuration } from '#shared/units/index.ts'
import { isWorth } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'

/** Every result has to be handed over: only a large part of the statement is worth a word. */
const leastSerializationShare = 0.2
const leastSerializationMs = 25
/** Closing files and freeing memory at the end is outside the plan too. */
const leastUnaccountedShare = 0.3
const leastUnaccountedMs = 10
const leastRows = 1_000

const advice: FindingDraft['advice'] = [
  { text: 'Fetch fewer rows and columns: aggregate or page in the statement instead of in the application.' },
  {
    text: 'Large results: read them by a cursor in portions, or in binary format, which saves turning numbers and dates into text.',
  },
]

function judgeSerialization(context: RuleContext): FindingDraft | undefined {
  const { serialization, nodes } = context.plan
  const { timeMs, outputBytes, format } = serialization ?? {}
  if (timeMs === undefined || timeMs < leastSerializationMs) return undefined
  if (timeMs < leastSerializationShare * context.wholeMs || !isWorth(context, timeMs)) return undefined
  const rows = nodes[0]?.totalRows
  return {
    nodeId: undefined,
    title: `Turning the result into ${format ?? 'text'} took ${formatDuration(timeMs)}`,
    evidence: [
      { label: 'Serialization', value: formatDuration(timeMs) },
      ...(outputBytes === undefined ? [] : [{ label: 'Output', value: formatBytes(outputBytes) }]),
      ...(rows === undefined ? [] : [{ label: 'Rows', value: formatCount(rows), nodeId: 0 }]),
    ],
    advice,
    timeAtStakeMs: timeMs,
    exactness: 'exact',
  }
}

function judgeUnaccounted(context: RuleContext): FindingDraft | undefined {
  const { totals, nodes, serialization, triggers, executionMs } = context.plan
  // EXPLAIN throws the rows away: what its Execution Time has beyond the plan is anything but handing them over. Only
  // where auto_explain tells how long the statement took, sending is part of it.
  if (executionMs !== undefined) return undefined
  const { durationMs } = context
  if (durationMs === undefined || totals.treeMs === undefined) return undefined
  const unaccountedMs = durationMs - totals.treeMs
  const rows = nodes[0]?.nodeType === 'ModifyTable' ? 0 : (nodes[0]?.totalRows ?? 0)
  // Triggers without a time of their own run there too.
  if (triggers.length > 0) return undefined
  if (rows < leastRows || unaccountedMs < leastUnaccountedMs) return undefined
  if (unaccountedMs < leastUnaccountedShare * durationMs) return undefined
  if (serialization?.timeMs !== undefined) return undefined
  return {
    nodeId: undefined,
    title: `${formatDuration(unaccountedMs)} went by outside the plan, with ${formatCount(rows)} rows to hand over`,
    evidence: [
      { label: 'Duration', value: formatDuration(durationMs) },
      { label: 'In the plan', value: formatDuration(totals.treeMs), nodeId: 0 },
      { label: 'Unaccounted', value: formatDuration(unaccountedMs) },
      { label: 'Rows', value: formatCount(rows), nodeId: 0 },
    ],
    advice: [
      ...advice,
      {
        text: 'From PostgreSQL 17 on, EXPLAIN (ANALYZE, SERIALIZE) tells what the conversion takes; what is then left is the network and the client.',
      },
    ],
    timeAtStakeMs: unaccountedMs,
  }
}

export const networkOrSerializationTime: Rule = {
  id: 'network-or-serialization-time',
  name: 'Time in handing the rows over',
  why: 'Each row is turned into the client’s format, large values are fetched and decompressed for it, and the server waits until the client takes it. No other plan changes that.',
  verify:
    'Run it again with SERIALIZE (PostgreSQL 17 and later): time and output fall with the rows and columns left out.',
  notWhen:
    'When all of these rows are needed, or when the time outside the plan has another cause: a lock at the start, many partitions to open.',
  find: (context) => {
    const draft = judgeSerialization(context) ?? judgeUnaccounted(context)
    return draft === undefined ? [] : [draft]
  },
}
