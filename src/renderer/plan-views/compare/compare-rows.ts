import { type NodePair, type Plan, type PlanComparison, type PlanNode, titleOf } from '#shared/plan/index.ts'

/** A line of the comparison: a pair, or a node that only one side has. */
export interface CompareRow {
  readonly key: string
  readonly before: PlanNode | undefined
  readonly after: PlanNode | undefined
  readonly pair: NodePair | undefined
  readonly depth: number
}

/** The title of a row's node; where there are two, of the later one. */
export function titleOfRow({ before, after }: CompareRow): string {
  const node = after ?? before
  return node === undefined ? '' : titleOf(node).text
}

/** Own times less than this apart, or a tenth, are the noise of two executions. */
const noiseMs = 0.05
const noiseShare = 0.1

/** True where somebody who looks for differences wants to see the line. */
export function isChanged({ pair, before, after }: CompareRow): boolean {
  if (pair === undefined) return true
  if (pair.changes.length > 0) return true
  const change = Math.abs(pair.exclusiveMsChange ?? 0)
  const most = Math.max(before?.exclusiveMs ?? 0, after?.exclusiveMs ?? 0)
  return change > noiseMs && change > noiseShare * most
}

/**
 * Both plans as one list: the plan after in its order, and what is gone from the plan before behind the node that it
 * followed there.
 */
export function buildCompareRows(
  before: Plan,
  after: Plan,
  comparison: PlanComparison,
): readonly CompareRow[] {
  const pairOf = new Map(comparison.pairs.map((pair) => [pair.afterId, pair]))
  const partner = new Map(comparison.pairs.map((pair) => [pair.beforeId, pair.afterId]))
  /** Gone nodes by the id, in the plan after, of what they follow; -1 stands before all. */
  const gone = new Map<number, PlanNode[]>()
  let anchor = -1
  for (const node of before.nodes) {
    const there = partner.get(node.id)
    if (there !== undefined) {
      anchor = there
      continue
    }
    const list = gone.get(anchor)
    if (list === undefined) gone.set(anchor, [node])
    else list.push(node)
  }
  const goneRows = (id: number): readonly CompareRow[] =>
    (gone.get(id) ?? []).map((node) => ({
      key: `before-${node.id}`,
      before: node,
      after: undefined,
      pair: undefined,
      depth: node.depth,
    }))
  return [
    ...goneRows(-1),
    ...after.nodes.flatMap((node) => {
      const pair = pairOf.get(node.id)
      const row: CompareRow = {
        key: `after-${node.id}`,
        before: pair === undefined ? undefined : before.nodes[pair.beforeId],
        after: node,
        pair,
        depth: node.depth,
      }
      return [row, ...goneRows(node.id)]
    }),
  ]
}
