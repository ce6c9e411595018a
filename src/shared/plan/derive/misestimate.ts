import type { Misestimate } from '../plan-types.ts'
import { asNumber, asText, readTexts } from '../raw.ts'
import { isGather, type Participation } from './parallel.ts'
import type { TreeNode } from './tree.ts'

/** Nodes that read all of their input before they give the first row: a stop above does not reach through them. */
function isBlocking(node: TreeNode): boolean {
  switch (node.nodeType) {
    case 'Sort':
    case 'Hash':
    case 'ModifyTable':
    case 'Bitmap Heap Scan':
    case 'BitmapAnd':
    case 'BitmapOr':
      return true
    case 'Aggregate':
      return node.raw['Strategy'] !== 'Sorted'
    case 'SetOp':
      return node.raw['Strategy'] === 'Hashed'
    default:
      return false
  }
}

/** True if the node may stop this child before its last row (plan-semantics, rule 3): fewer rows are no misestimate. */
function stopsChild(parent: TreeNode, child: TreeNode): boolean {
  switch (parent.nodeType) {
    case 'Limit':
      return child.kind === 'ordinary'
    case 'Merge Join':
      // Either side may end while the other still has rows.
      return child.kind === 'ordinary'
    case 'Nested Loop': {
      const type = asText(parent.raw['Join Type'])
      const first = type === 'Semi' || type === 'Anti' || parent.raw['Inner Unique'] === true
      return child.parentRelationship === 'Inner' && first
    }
    default:
      return false
  }
}

/** EXISTS and ANY stop at the first row; up to 16 the text does not tell them from other subplans. */
function stopsSubPlan(parent: TreeNode, child: TreeNode): boolean {
  if (child.kind !== 'subPlan' && child.kind !== 'initPlan') return false
  if ((child.rows ?? 0) > 1) return false
  const name = child.subplanName?.split(' (')[0] ?? ''
  const texts = [...readTexts(parent.raw, 'Filter'), ...readTexts(parent.raw, 'Join Filter')]
  return !texts.some((text) => text.includes(`hashed ${name}`))
}

/** Joins that give their outer rows even where no inner row is. */
const keepsOuter: ReadonlySet<string> = new Set(['Left', 'Full', 'Anti'])

/** A hash join whose table is empty is through: of its outer side it has read the first row at most. */
function hasEmptyTable(tree: readonly TreeNode[], join: TreeNode): boolean {
  if (join.nodeType !== 'Hash Join' || keepsOuter.has(asText(join.raw['Join Type']) ?? '')) return false
  return join.childIds.some((id) => tree[id]?.nodeType === 'Hash' && tree[id]?.rows === 0)
}

const cteName = ({ subplanName = '' }: TreeNode): string => subplanName.slice('CTE '.length)

/** Which nodes may have been stopped before their last row. */
export function findEarlyStops(tree: readonly TreeNode[]): readonly boolean[] {
  const stopped = tree.map(() => false)
  let open = tree.filter(({ kind }) => kind === 'cte')
  const stoppedCtes = new Set<number>()
  for (;;) {
    for (const node of tree) {
      const parent = node.parentId === undefined ? undefined : tree[node.parentId]
      if (parent === undefined) continue
      const inherited = node.kind === 'ordinary' && stopped[parent.id] === true && !isBlocking(parent)
      stopped[node.id] =
        inherited ||
        stoppedCtes.has(node.id) ||
        stopsChild(parent, node) ||
        stopsSubPlan(parent, node) ||
        (node.parentRelationship === 'Outer' && hasEmptyTable(tree, parent))
    }
    if (open.length === 0) return stopped
    // Who reads a CTE pulls its rows: it ends where all its readers did.
    const read = new Map<string, boolean>()
    for (const { id, nodeType, raw } of tree) {
      if (nodeType !== 'CTE Scan') continue
      const name = asText(raw['CTE Name']) ?? ''
      read.set(name, read.get(name) !== false && stopped[id] === true)
    }
    const ended = open.filter((cte) => read.get(cteName(cte)) === true)
    if (ended.length === 0) return stopped
    for (const { id } of ended) stoppedCtes.add(id)
    open = open.filter(({ id }) => !stoppedCtes.has(id))
  }
}

/** A partial aggregate gives each process its own groups, a LIMIT its own rows: the planner divides nothing above. */
const isWholePerProcess = (node: TreeNode): boolean =>
  node.nodeType === 'Limit' || (node.nodeType === 'Aggregate' && node.raw['Partial Mode'] !== 'Simple')

/** Which nodes hold only one process's part of the rows (their `Plan Rows` are per process). */
export function findPartialNodes(
  tree: readonly TreeNode[],
  parts: readonly Participation[],
): readonly boolean[] {
  const partial = tree.map((node) => node.isParallelAware && !isGather(node.nodeType))
  for (let id = tree.length - 1; id > 0; id -= 1) {
    const node = tree[id]
    if (node === undefined || partial[id] !== true || node.parentId === undefined || node.kind !== 'ordinary')
      continue
    if (parts[id]?.gatherId === undefined) partial[id] = false
    const parent = tree[node.parentId]
    // The build side of a join is whole for each process, or shared: it does not make the join partial.
    const isBuilt = node.parentRelationship === 'Inner'
    if (parent === undefined || isGather(parent.nodeType) || isBuilt || isWholePerProcess(parent)) continue
    partial[node.parentId] = true
  }
  return partial
}

/**
 * The planner divides a partial path's rows by this many processes: the workers, and the leader for what it has left
 * beside reading from them.
 * @source PostgreSQL, costsize.c, get_parallel_divisor
 */
export function parallelDivisor(workersPlanned: number, leaderTakesPart: boolean): number {
  const leaderShare = leaderTakesPart ? Math.max(0, 1 - 0.3 * workersPlanned) : 0
  return Math.max(1, workersPlanned + leaderShare)
}

/** Bitmap nodes combine bitmaps without counting rows; a write without RETURNING gives none. */
function reportsNoRows(node: TreeNode): boolean {
  if (node.nodeType === 'BitmapAnd' || node.nodeType === 'BitmapOr') return true
  if (node.rows !== 0) return false
  return node.nodeType === 'Bitmap Index Scan' || node.nodeType === 'ModifyTable'
}

/** Rates one node, or tells that it can't be rated (plan-semantics, rule 5). */
export function rateNode(
  node: TreeNode,
  gather: TreeNode | undefined,
  part: Participation | undefined,
  isPartial: boolean,
  maybeStopped: boolean,
  leaderTakesPart: boolean,
): Misestimate | undefined {
  const planRows = asNumber(node.raw['Plan Rows'])
  if (planRows === undefined || node.rows === undefined || reportsNoRows(node)) return undefined
  if (planRows <= 1 && node.rows === 0) return undefined
  let planned = planRows
  let actual = node.rows
  const workers = gather === undefined ? undefined : asNumber(gather.raw['Workers Planned'])
  const footed = isPartial && part !== undefined && workers !== undefined
  if (footed) {
    planned = planRows * parallelDivisor(workers, leaderTakesPart)
    actual = (node.rows * (node.loops ?? 1)) / part.gatherLoops
  }
  // The planner never says less than one row, so less than one is as planned.
  const came = Math.max(1, actual)
  const expected = Math.max(1, planned)
  if (maybeStopped && came < expected) return undefined
  const factor = came > expected ? came / expected : expected / came
  const direction = came > expected ? 'under' : came < expected ? 'over' : 'none'
  const rounded = !footed && (node.loops ?? 1) > 1 && actual < 10 && Number.isInteger(actual)
  return { factor, direction, exactness: footed ? 'estimated' : rounded ? 'bounded' : 'exact' }
}
