import { formatCountShort, formatFactor } from '#shared/units/index.ts'
import { titleOf } from '../derive/title.ts'
import type { PlanNode } from '../plan-types.ts'
import type { NodeChange } from './comparison.ts'

/** A figure has changed where it is a tenth off; fewer are the noise of two executions. */
const noise = 0.1

const differs = (before: number | undefined, after: number | undefined): boolean =>
  before !== undefined &&
  after !== undefined &&
  Math.abs(after - before) > noise * Math.max(Math.abs(before), Math.abs(after))

const rows = (count: number | undefined): string => formatCountShort(Math.round(count ?? 0))

/** What a node does, in a sentence: `index scan`. */
export const callKind = (node: PlanNode): string =>
  titleOf(node)
    .name.toLowerCase()
    .replace(/^(?:parallel|partial|finalize) /, '')

/** What a node is called in a sentence: `index scan on orders`. */
export function callNode(node: PlanNode): string {
  const target = node.relation ?? node.cte ?? node.functionName
  const name = callKind(node)
  return target === undefined ? name : `${name} on ${target}`
}

/** True if a node wrote to disk what it could not hold in memory. */
export function spills(node: PlanNode): boolean {
  return (
    node.sort?.spaceType === 'Disk' ||
    (node.hash?.batches ?? 1) > 1 ||
    (node.hash?.diskBytes ?? 0) > 0 ||
    (node.buffersExclusive?.tempWrittenBlocks ?? 0) > 0
  )
}

export const isReshaped = (before: PlanNode, after: PlanNode): boolean =>
  before.nodeType !== after.nodeType || before.index !== after.index

/** What is different between two nodes that do the same job, the plan's shape first. */
export function describeChanges(before: PlanNode, after: PlanNode): readonly NodeChange[] {
  // Of a plan that was only planned nobody knows what its nodes did.
  const bothRan = before.loops !== undefined && after.loops !== undefined
  const changes: (NodeChange | undefined)[] = [
    titleOf(before).name === titleOf(after).name
      ? undefined
      : { kind: 'type', text: `${titleOf(before).name} → ${titleOf(after).name}` },
    before.index === after.index
      ? undefined
      : { kind: 'index', text: `${before.index ?? 'no index'} → ${after.index ?? 'no index'}` },
    describeConditions(before, after),
    differs(before.planRows, after.planRows)
      ? { kind: 'estimate', text: `${rows(before.planRows)} → ${rows(after.planRows)} rows expected` }
      : undefined,
    differs(before.misestimate?.factor, after.misestimate?.factor) &&
    Math.max(before.misestimate?.factor ?? 1, after.misestimate?.factor ?? 1) >= 2
      ? {
          kind: 'estimate',
          text: `misestimate ${formatFactor(before.misestimate?.factor ?? 1)} → ${formatFactor(after.misestimate?.factor ?? 1)}`,
        }
      : undefined,
    differs(before.totalRows, after.totalRows)
      ? { kind: 'rows', text: `${rows(before.totalRows)} → ${rows(after.totalRows)} rows` }
      : undefined,
    differs(before.loops, after.loops)
      ? { kind: 'loops', text: `${rows(before.loops)} → ${rows(after.loops)} loops` }
      : undefined,
    !bothRan || before.workersLaunched === after.workersLaunched
      ? undefined
      : { kind: 'workers', text: `${before.workersLaunched ?? 0} → ${after.workersLaunched ?? 0} workers` },
    !bothRan || spills(before) === spills(after)
      ? undefined
      : { kind: 'spill', text: spills(after) ? 'now spills to disk' : 'no longer spills to disk' },
  ]
  return changes.filter((change) => change !== undefined)
}

function describeConditions(before: PlanNode, after: PlanNode): NodeChange | undefined {
  const listed = (node: PlanNode): readonly string[] =>
    node.conditions.map(({ label, texts }) => `${label}: ${texts.join(', ')}`)
  const [a, b] = [listed(before), listed(after)]
  const gone = a.filter((line) => !b.includes(line))
  const come = b.filter((line) => !a.includes(line))
  if (gone.length === 0 && come.length === 0) return undefined
  return { kind: 'conditions', text: `${gone.join(' · ') || 'nothing'} → ${come.join(' · ') || 'nothing'}` }
}
