import { asNumber, asText, type RawPlan, type RawPlanNode, rawChildren } from '../raw.ts'

/** How a child's time reaches another node (plan-semantics, rule 3). */
export type ChildKind = 'ordinary' | 'initPlan' | 'subPlan' | 'cte' | 'before'

/** The skeleton that every step of deriving works on: raw nodes in pre-order with their kinship. */
export interface TreeNode {
  readonly id: number
  readonly raw: RawPlanNode
  readonly parentId: number | undefined
  readonly depth: number
  readonly childIds: readonly number[]
  readonly kind: ChildKind
  readonly nodeType: string
  readonly subplanName: string | undefined
  readonly parentRelationship: string | undefined
  readonly isParallelAware: boolean
  /** Summed over processes; undefined without ANALYZE. */
  readonly loops: number | undefined
  /** Mean per loop; undefined without timing and for nodes that never ran. */
  readonly timeMs: number | undefined
  /** Mean per loop; undefined without ANALYZE and for nodes that never ran. */
  readonly rows: number | undefined
}

/**
 * What Citus runs before the executor starts, and keeps the rows of: no node waits for it, though it hangs on one.
 *
 * @source Citus, multi_executor.c (CitusExecutorRun), subplan_execution.c (ExecuteSubPlans)
 */
const isBefore = (nodeType: string): boolean => nodeType.startsWith('Distributed Subplan ')

function childKind(
  nodeType: string,
  relationship: string | undefined,
  subplanName: string | undefined,
): ChildKind {
  if (isBefore(nodeType)) return 'before'
  if (subplanName?.startsWith('CTE ') === true) return 'cte'
  if (relationship === 'InitPlan') return 'initPlan'
  if (relationship === 'SubPlan') return 'subPlan'
  return 'ordinary'
}

/** What Citus measured of a subplan as a whole: `Subplan Duration: 12.34 ms`. */
function durationMs(raw: RawPlanNode): number | undefined {
  const ms = Number.parseFloat(asText(raw['Subplan Duration']) ?? '')
  return Number.isFinite(ms) ? ms : undefined
}

const noChildren: readonly number[] = []

/** While the tree is built, nobody else has seen it. Few have more than two: a list that grows takes room for many. */
function addChild(parent: { childIds: readonly number[] }, id: number): void {
  const { childIds } = parent
  const first = childIds[0]
  if (first === undefined) parent.childIds = [id]
  else if (childIds.length === 1) parent.childIds = [first, id]
  else (parent.childIds as number[]).push(id)
}

/** Lays the raw tree flat in pre-order, so that parents stand before children and no step has to recurse. */
export function buildTree(plan: RawPlan): readonly TreeNode[] {
  const nodes: TreeNode[] = []
  const openRaws: RawPlanNode[] = [plan.Plan]
  const openParents: (TreeNode | undefined)[] = [undefined]
  for (let raw = openRaws.pop(); raw !== undefined; raw = openRaws.pop()) {
    const parent = openParents.pop()
    const children = rawChildren(raw)
    const subplanName = asText(raw['Subplan Name'])
    const parentRelationship = asText(raw['Parent Relationship'])
    const kind = childKind(raw['Node Type'], parentRelationship, subplanName)
    const wholeMs = kind === 'before' ? durationMs(raw) : undefined
    const loops = asNumber(raw['Actual Loops']) ?? (wholeMs === undefined ? undefined : 1)
    const ran = loops !== undefined && loops > 0
    const node: TreeNode = {
      id: nodes.length,
      raw,
      parentId: parent?.id,
      depth: parent === undefined ? 0 : parent.depth + 1,
      childIds: noChildren,
      kind,
      nodeType: raw['Node Type'],
      subplanName,
      parentRelationship,
      isParallelAware: raw['Parallel Aware'] === true,
      loops,
      timeMs: ran ? (asNumber(raw['Actual Total Time']) ?? wholeMs) : undefined,
      rows: ran ? asNumber(raw['Actual Rows']) : undefined,
    }
    nodes.push(node)
    if (parent !== undefined) addChild(parent, node.id)
    for (let at = children.length - 1; at >= 0; at -= 1) {
      const child = children[at]
      if (child === undefined) continue
      openRaws.push(child)
      openParents.push(node)
    }
  }
  return nodes
}
