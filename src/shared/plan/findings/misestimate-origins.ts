import type { PlanNode } from '../plan-types.ts'
import type { RuleContext } from './finding.ts'
import { spillMs } from './spill-time.ts'
import { repeatedMs } from './subtree.ts'

/** Nodes that hand on their child's rows: their estimate is the child's. */
const handingOn: ReadonlySet<string> = new Set([
  'Sort',
  'Incremental Sort',
  'Hash',
  'Materialize',
  'Memoize',
  'Gather',
  'Gather Merge',
  'Limit',
  'LockRows',
  'Result',
  'WindowAgg',
  'Append',
  'Merge Append',
  'ModifyTable',
  'Bitmap Index Scan',
  'BitmapAnd',
  'BitmapOr',
  'WorkTable Scan',
  'Recursive Union',
])

/** How far off the planner was, as a power of ten: above 0 more rows came, below fewer. */
function offBy({ misestimate }: PlanNode): number {
  if (misestimate === undefined) return 0
  const size = Math.log10(misestimate.factor)
  return misestimate.direction === 'under' ? size : misestimate.direction === 'over' ? -size : 0
}

const feeds: ReadonlySet<string> = new Set(['Outer', 'Inner', 'Member', 'Subquery'])

/** The nodes whose rows a node works on; for a CTE's reader the CTE. */
function sourcesOf(context: RuleContext, node: PlanNode): readonly PlanNode[] {
  const ordinary = context
    .children(node)
    .filter(
      (child) =>
        feeds.has(child.parentRelationship ?? '') &&
        !child.neverExecuted &&
        !/^Bitmap(?!.Heap)/.test(child.nodeType),
    )
  if (node.nodeType !== 'CTE Scan') return ordinary
  const name = `CTE ${node.cte ?? ''}`
  return [...ordinary, ...context.plan.nodes.filter(({ subplanName }) => subplanName === name)]
}

/** Where a misestimate begins: what the node adds to those below it, as a factor. */
export interface Origin {
  readonly node: PlanNode
  readonly direction: 'under' | 'over'
  readonly ownFactor: number
}

/** Whether the planner was off by as much here, at a node that does not just hand on the rows of another. */
export const mayBeOrigin = ({ misestimate, nodeType }: PlanNode, leastFactor: number): boolean =>
  (misestimate?.factor ?? 1) >= leastFactor && !handingOn.has(nodeType)

/**
 * Those at which the planner went wrong by at least `leastFactor` by itself, not for what came from below.
 *
 * @param nodes that may be origins
 */
export function findOrigins(
  context: RuleContext,
  nodes: readonly PlanNode[],
  leastFactor: number,
): readonly Origin[] {
  const least = Math.log10(leastFactor)
  return nodes.flatMap((node) => {
    const off = offBy(node)
    const below = sourcesOf(context, node).map(offBy)
    const sameWay = off > 0 ? below.filter((size) => size > 0) : below.filter((size) => size < 0)
    const own = Math.abs(off) - Math.abs(sameWay.reduce((sum, size) => sum + size, 0))
    return own < least
      ? []
      : [{ node, direction: off > 0 ? ('under' as const) : ('over' as const), ownFactor: 10 ** own }]
  })
}

/** A node that did worse for the misestimate below it. */
export interface Victim {
  readonly node: PlanNode
  readonly atStakeMs: number | undefined
  readonly words: string
}

const isSpilled = (node: PlanNode): boolean =>
  node.sort?.spaceType === 'Disk' ||
  (node.hash?.diskBytes ?? 0) > 0 ||
  (node.hash?.batches ?? 1) > (node.hash?.originalBatches ?? 1)

const add = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a + b

/** Of look-ups a hash join would still read the inner side. */
const victimShare = 0.5

const indexRows = 1_000

const fewLoops = 100
/**
 * A few thousand quick look-ups by an index are the way that the planner takes for as many rows as well. Measured: with the
 * estimate mended 2,500 went on as before, and a hash join took four to ten times as long.
 */
const fewLookUps = 5_000
const quickLookUpMs = 0.05

/** True of an inner side that a hash join in its place would spare. */
function isDearLoop(context: RuleContext, inner: PlanNode): boolean {
  const { loops = 0, nodeType } = inner
  if (loops < fewLoops || loops >= fewLookUps) return loops >= fewLoops
  const isLookUp = nodeType === 'Index Scan' || nodeType === 'Index Only Scan'
  return !isLookUp || (repeatedMs(context, inner) ?? 0) / loops >= quickLookUpMs
}

/** Who suffers, on the way up, as long as rows are as far from the plan as they were. */
export function findVictims(context: RuleContext, origin: Origin): readonly Victim[] {
  const victims: Victim[] = []
  let from = origin.node
  for (let above = context.parent(from); above !== undefined; above = context.parent(above)) {
    if (!feeds.has(from.parentRelationship ?? '')) break
    // Only joins have two sides; an Append may have thousands of members.
    const [outer, inner] = above.childIds.length > 4 ? [] : context.children(above)
    const share = (ms: number | undefined): number | undefined =>
      ms === undefined ? undefined : ms * victimShare
    if (origin.direction === 'under') {
      if (
        above.nodeType === 'Nested Loop' &&
        outer === from &&
        inner !== undefined &&
        isDearLoop(context, inner)
      )
        victims.push({
          node: above,
          atStakeMs: share(add(above.exclusiveMs, repeatedMs(context, inner))),
          words: 'a nested loop was chosen for few rows',
        })
      else if (isSpilled(above))
        victims.push({
          node: above,
          atStakeMs: spillMs([above]),
          words: 'memory was planned for few rows',
        })
    } else if (above.nodeType === 'Hash Join' || above.nodeType === 'Merge Join') {
      const isInner = inner === from
      const other = isInner ? outer : inner
      const few = (from.totalRows ?? 0) <= indexRows
      if (few && other !== undefined && (other.totalRows ?? 0) >= 10 * indexRows)
        victims.push({
          node: above,
          atStakeMs: share(add(above.exclusiveMs, other.inclusiveMs)),
          words: 'the other side was read whole, as if for many rows',
        })
    }
    const off = offBy(above)
    const goesOn = handingOn.has(above.nodeType) || (origin.direction === 'under' ? off > 0.5 : off < -0.5)
    if (!goesOn) break
    from = above
  }
  return victims
}
