import { formatBytes, formatCount, formatDuration } from '#shared/units/index.ts'
import { titleOf } from '../../derive/title.ts'
import type { PlanNode } from '../../plan-types.ts'
import { readNumber, readText } from '../../raw.ts'
import { isWorth, settingOf, shareOf, workMemOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { sortBytes } from '../sort-memory.ts'
import { isSpillRisk, isSpillWorth, spillMs } from '../spill-time.ts'
import { raiseWorkMem } from '../sql.ts'
import { onlyInput, tempBlocksOf } from '../subtree.ts'

/** Told by the rules on sorts and hashes, with the work_mem that they would need. */
const toldElsewhere = new Set(['Sort', 'Incremental Sort', 'Hash', 'Hash Join', 'Gather', 'Gather Merge'])

/** Without times: 1 MB. */
const leastBlocksUntimed = 128

/** The rows are kept and walked through in memory as well. */
const keptShare = 0.5
/** Header, padding and pointer of a row kept in memory. */
const rowOverheadBytes = 56

const keeps: Readonly<Record<string, string>> = {
  Materialize: 'the rows it keeps for the next loop',
  'CTE Scan': 'the rows of the CTE',
  WindowAgg: 'the rows of a window’s partition',
  'Function Scan': 'the rows of the function',
  'Table Function Scan': 'the rows of the function',
  'Recursive Union': 'the rows of a step of the recursion',
  'WorkTable Scan': 'the rows of a step of the recursion',
  Aggregate: 'the values that an ordered or DISTINCT aggregate sorts',
  SetOp: 'the rows it compares',
  Unique: 'the rows it compares',
}

function judge(context: RuleContext, node: PlanNode): FindingDraft | undefined {
  const { blockBytes, plan } = context
  const own = node.buffersExclusive
  const blocks = tempBlocksOf(own)
  if (own === undefined) return undefined
  // A hash that spilled says so itself, and so does a Sort's own method.
  if ((node.hash?.batches ?? 0) > 1 || (node.hash?.diskBytes ?? 0) > 0) return undefined
  const { exclusiveMs } = node
  const sorts = node.nodeType === 'Aggregate'
  // An aggregate compares its values in memory as well: only what the files took may go.
  const atStakeMs = sorts ? spillMs([node]) : shareOf(exclusiveMs, keptShare)
  if (
    !(sorts ? isSpillWorth(context, atStakeMs, [node]) : isWorth(context, atStakeMs)) ||
    (exclusiveMs === undefined && blocks < leastBlocksUntimed)
  )
    return undefined
  const { raw } = node
  const maximum = raw === undefined ? undefined : readNumber(raw, 'Maximum Storage')
  const storage = raw === undefined ? undefined : readText(raw, 'Storage')
  const writtenBytes = own.tempWrittenBlocks * blockBytes
  const bytes = maximum === undefined ? writtenBytes : maximum * 1_024
  // Rows in memory take about twice their place in a file, and never less than their header and pointer.
  const rowBytes = (node.planWidthBytes ?? 0) + rowOverheadBytes
  const input = onlyInput(context, node)
  const needed = Math.max(
    8 * 1_048_576,
    sorts && input?.totalRows !== undefined
      ? sortBytes(input.totalRows, bytes, plan.fractionalRows)
      : Math.max(2 * bytes, (node.actualRows ?? 0) * rowBytes),
  )
  const what = keeps[node.nodeType] ?? 'rows it has to keep'
  const io = node.ioTimesExclusive
  const ioMs = io === undefined ? 0 : io.tempReadMs + io.tempWriteMs
  const set = settingOf(context, 'work_mem')
  return {
    nodeId: node.id,
    title: `${titleOf(node).name} ${[
      ...(own.tempWrittenBlocks > 0 ? [`wrote ${formatBytes(writtenBytes)}`] : []),
      ...(own.tempReadBlocks > 0 ? [`read ${formatBytes(own.tempReadBlocks * blockBytes)}`] : []),
    ].join(' and ')} of temporary files`,
    evidence: [
      { label: 'Temp blocks written', value: formatCount(own.tempWrittenBlocks), nodeId: node.id },
      { label: 'Temp blocks read', value: formatCount(own.tempReadBlocks), nodeId: node.id },
      ...(storage === undefined ? [] : [{ label: 'Storage', value: storage, nodeId: node.id }]),
      ...(ioMs > 0 ? [{ label: 'Time in temp I/O', value: formatDuration(ioMs), nodeId: node.id }] : []),
      ...(exclusiveMs === undefined
        ? []
        : [{ label: 'Own time', value: formatDuration(exclusiveMs), nodeId: node.id }]),
      ...(set === undefined ? [] : [{ label: 'work_mem', value: set }]),
    ],
    advice: [
      raiseWorkMem(
        needed,
        workMemOf(context),
        (value) => `Give ${what} ${value}, so that they stay in memory.`,
      ),
      {
        text:
          node.nodeType === 'CTE Scan'
            ? 'Or let the planner fold the CTE into its reader (NOT MATERIALIZED), so that nothing has to be kept.'
            : sorts
              ? 'Of DISTINCT values: make them distinct in a sub-select (SELECT count(*) FROM (SELECT DISTINCT …)), which is hashed and may run in parallel. What it keeps may spill as well: compare both.'
              : node.nodeType === 'Function Scan'
                ? 'Or call the function in the SELECT list of a sub-select: its rows then flow without being kept.'
                : 'Or keep less: fewer columns, filters before and not behind this node.',
      },
    ],
    timeAtStakeMs: atStakeMs,
    ...(plan.timed && !(sorts && isSpillRisk([node])) ? {} : { severity: 'info' as const }),
  }
}

export const tempIo: Rule = {
  id: 'temp-io',
  name: 'Rows kept in temporary files',
  why: 'What a node has to keep did not fit into work_mem and went through files. Each row is then written and read once more, often several times.',
  verify: 'Run it again with the larger work_mem: temp blocks of the node are gone.',
  notWhen: 'When many sessions run this at the same time: each node of each session may take work_mem once.',
  concerns: (node) =>
    tempBlocksOf(node.buffersExclusive) > 0 && !node.neverExecuted && !toldElsewhere.has(node.nodeType),
  find: (context, nodes) => nodes.map((node) => judge(context, node)).filter((draft) => draft !== undefined),
}
