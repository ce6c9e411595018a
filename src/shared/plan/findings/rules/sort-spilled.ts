import { formatBytes, formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { readCondition } from '../conditions.ts'
import { settingOf, workMemOf } from '../facts.ts'
import type { Advice, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { limitedSort, sortColumns } from '../index-order.ts'
import { sortBytes } from '../sort-memory.ts'
import { isSpillRisk, isSpillWorth, spillMs } from '../spill-time.ts'
import { createIndex, openStatement, quoteIdentifier, raiseWorkMem, tableName } from '../sql.ts'
import { firstInput } from '../subtree.ts'

/** Another time another process gets most of the rows. */
const unevenness = 1.5

interface Spill {
  readonly diskBytes: number
  /** By the process that wrote most. */
  readonly largestBytes: number
  readonly processes: number
  /** Of these the processes that wrote files. */
  readonly writers: number
}

function readSpill(node: PlanNode): Spill | undefined {
  const own = [node.sort, ...node.workers.map(({ sort }) => sort)].flatMap((sort) =>
    sort?.spaceType === 'Disk' || sort?.method?.startsWith('external') === true ? (sort.spaceBytes ?? 0) : [],
  )
  const groups = node.sortGroups.flatMap(({ peakDiskBytes }) => peakDiskBytes ?? [])
  const all = [...own, ...groups].filter((bytes) => bytes > 0)
  if (all.length === 0 && own.length === 0) return undefined
  return {
    diskBytes: all.reduce((sum, bytes) => sum + bytes, 0),
    largestBytes: Math.max(0, ...all),
    processes: Math.max(1, own.length, node.processes ?? 1),
    writers: all.length,
  }
}

/**
 * An index that gives the order, where the sort stands right on one table and few rows are taken of it, or none but its
 * keys: fetched one by one in an index's order, all rows of a table take far longer than to sort them.
 */
function adviseIndex(context: RuleContext, node: PlanNode): readonly Advice[] {
  const [scan] = context.children(node)
  const table = scan === undefined ? undefined : tableName(scan)
  if (table === undefined || scan?.nodeType !== 'Seq Scan') return []
  const keys = sortColumns(scan, node)
  if (keys === undefined || keys.length > 3) return []
  const isCovered = scan.output.length > 0 && scan.output.every((text) => namesOneOf(text, keys))
  if (limitedSort(context, scan) !== node && !isCovered) return []
  return [
    openStatement(
      isCovered
        ? 'An index in this order spares the sort: it holds all that is read here. VACUUM the table, so that the index alone answers.'
        : 'An index in this order spares the sort: the LIMIT then reads no more rows than it gives.',
      'Open CREATE INDEX',
      createIndex(table, keys),
    ),
  ]
}

/** True of an output that is one of these index keys. */
function namesOneOf(text: string, keys: readonly string[]): boolean {
  const condition = readCondition(text)
  const column =
    condition.kind === 'other' && condition.columns.length === 1 ? condition.columns[0] : undefined
  return (
    column !== undefined &&
    /^[\w."$]+$/.test(text) &&
    keys.some((key) => key.split(' ')[0] === quoteIdentifier(column.name))
  )
}

function draft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  const spill = readSpill(node)
  if (spill === undefined) return []
  const atStakeMs = spillMs([node])
  if (!isSpillWorth(context, atStakeMs, [node])) return []
  const passes = node.nodeType === 'Sort' ? Math.max(1, (node.loops ?? 1) / (node.processes ?? 1)) : 1
  // A process that wrote most had most of the rows.
  const share =
    spill.writers < spill.processes
      ? 1 / spill.processes
      : spill.diskBytes > 0
        ? spill.largestBytes / spill.diskBytes
        : 1
  // A LIMIT stops what a sort gives, not what it takes.
  const sortedRows = Math.max(node.totalRows ?? 0, firstInput(context, node)?.totalRows ?? 0)
  const rows = (sortedRows / passes) * share
  const bytes = sortBytes(rows, spill.largestBytes, context.plan.fractionalRows)
  const factor = spill.largestBytes > 0 ? bytes / spill.largestBytes : 1
  const needed = bytes * (spill.processes > 1 ? unevenness : 1)
  const setting = settingOf(context, 'work_mem')
  const keys = node.conditions.find(({ label }) => label === 'Sort Key')?.texts.join(', ')
  return [
    {
      nodeId: node.id,
      title: `Sort spilled ${formatBytes(spill.diskBytes)} to disk`,
      evidence: [
        { label: 'Sort Method', value: node.sort?.method ?? 'external merge', nodeId: node.id },
        { label: 'On disk', value: formatBytes(spill.diskBytes), nodeId: node.id },
        { label: 'Rows sorted', value: formatCount(Math.round(sortedRows)), nodeId: node.id },
        ...(keys === undefined ? [] : [{ label: 'Sort Key', value: keys, nodeId: node.id }]),
        ...(setting === undefined ? [] : [{ label: 'work_mem', value: setting }]),
        ...(node.exclusiveMs === undefined
          ? []
          : [{ label: 'Own time', value: formatDuration(node.exclusiveMs), nodeId: node.id }]),
      ],
      advice: [
        raiseWorkMem(
          needed,
          workMemOf(context),
          (value) =>
            `work_mem = ${value} holds it${spill.processes > 1 ? ' in each process' : ''}. In memory the rows take about ${factor.toFixed(1)} times their size on disk: there they lie packed, in memory each has an array entry, a header and rounding. Where the files stay in the system’s cache, it may save little: compare both runs. Set it for this statement or role, not for the server.`,
        ),
        ...adviseIndex(context, node),
        { text: 'Sort fewer or narrower rows: only the columns needed, joined to the wide ones afterwards.' },
      ],
      timeAtStakeMs: atStakeMs,
      ...(isSpillRisk([node]) ? { severity: 'info' as const } : {}),
    },
  ]
}

export const sortSpilled: Rule = {
  id: 'sort-spilled',
  name: 'Sort spilled to disk',
  why: 'Rows that outgrow work_mem are sorted in pieces, written to temporary files, read again and merged.',
  verify:
    'Run the statement again with more work_mem: “Sort Method: quicksort  Memory”, and no temporary blocks at the node.',
  notWhen:
    'Many connections run this at the same time: the memory is taken by each sort of each of them. A spill of a nightly report may be the better bargain. Where the files stay in the system’s cache and rows are narrow, pieces can be sorted as quickly as the whole: compare both runs.',
  concerns: (node) =>
    !node.neverExecuted && (node.sort !== undefined || node.sortGroups.length > 0 || node.workers.length > 0),
  find: (context, nodes) => nodes.flatMap((node) => draft(context, node)),
}
