import type { Plan, PlanNode } from '../plan-types.ts'
import type { Sureness } from './comparison.ts'

export interface Match {
  readonly beforeId: number
  readonly afterId: number
  readonly sureness: Sureness
}

/** What a node does, however it does it: an index scan may replace a seq scan, a hash join a nested loop. */
function jobOf({ nodeType }: PlanNode): string {
  if (nodeType === 'Bitmap Index Scan' || nodeType === 'BitmapAnd' || nodeType === 'BitmapOr') return 'bitmap'
  if (nodeType.endsWith('Scan')) return 'scan'
  if (nodeType === 'Nested Loop' || nodeType.endsWith('Join')) return 'join'
  if (nodeType === 'Aggregate' || nodeType === 'Group' || nodeType === 'Unique') return 'group'
  if (nodeType === 'Sort' || nodeType === 'Incremental Sort') return 'sort'
  if (nodeType.startsWith('Gather')) return 'gather'
  if (nodeType === 'Append' || nodeType === 'Merge Append') return 'append'
  return nodeType
}

const what = (node: PlanNode): string =>
  [
    node.schema,
    node.relation ?? node.cte ?? node.functionName,
    node.alias,
    node.index && !node.relation ? node.index : '',
  ]
    .map((part) => part ?? '')
    .join('.')

/** A number for a text, to be summed: order does not matter then, and a thousand partitions cost a thousand additions. */
function hash(text: string): number {
  let value = 2_166_136_261
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 16_777_619)
  return value >>> 0
}

/** Literals and numbers of init plans differ between otherwise equal statements. */
function words(node: PlanNode): string {
  return node.conditions
    .map(({ label, texts }) => `${label} ${texts.join(' ')}`)
    .join('\n')
    .replaceAll(/'(?:[^']|'')*'|\b\d[\d.]*\b/g, '?')
}

/** What is read below each node, as a sum of hashes; the same relations give the same sum in whatever order. */
function sumRelations(plan: Plan): readonly number[] {
  const sums = plan.nodes.map((node) =>
    jobOf(node) === 'scan'
      ? hash(`${node.relation ?? node.cte ?? node.functionName ?? ''}/${node.alias ?? ''}`)
      : 0,
  )
  for (let id = plan.nodes.length - 1; id > 0; id -= 1) {
    const parentId = plan.nodes[id]?.parentId
    if (parentId !== undefined) sums[parentId] = (sums[parentId] ?? 0) + (sums[id] ?? 0)
  }
  return sums
}

/** The way from the root by jobs, as a hash: tells two equal subtrees apart. */
function hashPaths(plan: Plan): readonly number[] {
  const paths: number[] = []
  for (const node of plan.nodes) {
    const above = node.parentId === undefined ? 0 : (paths[node.parentId] ?? 0)
    paths.push(hash(`${above}/${jobOf(node)}`))
  }
  return paths
}

interface Level {
  readonly sureness: Sureness
  readonly keys: (plan: Plan) => readonly string[]
}

const by =
  (key: (node: PlanNode, sums: readonly number[], paths: readonly number[]) => string) =>
  (plan: Plan): readonly string[] => {
    const sums = sumRelations(plan)
    const paths = hashPaths(plan)
    return plan.nodes.map((node) => key(node, sums, paths))
  }

/** From what can't be chance to what is only likely; each level pairs what the ones before left over. */
const levels: readonly Level[] = [
  {
    sureness: 'sure',
    keys: by((node, sums, paths) =>
      [node.nodeType, what(node), words(node), sums[node.id], paths[node.id], node.subplanName].join('|'),
    ),
  },
  {
    sureness: 'sure',
    keys: by((node, sums) => [node.nodeType, what(node), words(node), sums[node.id]].join('|')),
  },
  { sureness: 'sure', keys: by((node, sums) => [node.nodeType, what(node), sums[node.id]].join('|')) },
  {
    sureness: 'likely',
    keys: by((node, sums) => [jobOf(node), what(node), words(node), sums[node.id]].join('|')),
  },
  { sureness: 'likely', keys: by((node, sums) => [jobOf(node), what(node), sums[node.id]].join('|')) },
]

/**
 * Pairs the nodes of two plans: by type, relation, conditions and what is read below them, then by kinds of job, last
 * by place under a pair of parents. Linear in the number of nodes.
 */
export function matchNodes(before: Plan, after: Plan): readonly Match[] {
  const partner = new Map<number, Match>()
  const taken = new Set<number>()
  const pair = (beforeId: number, afterId: number, sureness: Sureness): void => {
    partner.set(afterId, { beforeId, afterId, sureness })
    taken.add(beforeId)
  }
  for (const { keys, sureness } of levels) {
    const waiting = new Map<string, number[]>()
    for (const [id, key] of keys(before).entries()) {
      if (taken.has(id)) continue
      const ids = waiting.get(key)
      if (ids === undefined) waiting.set(key, [id])
      else ids.push(id)
    }
    // In pre-order on both sides, so that equal nodes are paired in their order.
    for (const ids of waiting.values()) ids.reverse()
    for (const [id, key] of keys(after).entries()) {
      if (partner.has(id)) continue
      const found = waiting.get(key)?.pop()
      if (found !== undefined) pair(found, id, sureness)
    }
  }
  pairByPlace(before, after, partner, taken, pair)
  return [...partner.values()].toSorted((a, b) => a.afterId - b.afterId)
}

/** Children of a pair that do the same kind of job, where the relations below them changed. */
function pairByPlace(
  before: Plan,
  after: Plan,
  partner: ReadonlyMap<number, Match>,
  taken: ReadonlySet<number>,
  pair: (beforeId: number, afterId: number, sureness: Sureness) => void,
): void {
  const [rootBefore] = before.nodes
  const [rootAfter] = after.nodes
  if (rootBefore && rootAfter && !partner.has(0) && !taken.has(0) && jobOf(rootBefore) === jobOf(rootAfter)) {
    pair(0, 0, 'guess')
  }
  for (const node of after.nodes) {
    const match = partner.get(node.id)
    if (match === undefined) continue
    const free = (before.nodes[match.beforeId]?.childIds ?? []).filter((id) => !taken.has(id))
    for (const childId of node.childIds) {
      if (partner.has(childId)) continue
      const child = after.nodes[childId]
      const found = free.findIndex((id) => {
        const other = before.nodes[id]
        return child !== undefined && other !== undefined && jobOf(other) === jobOf(child)
      })
      const [id] = found === -1 ? [] : free.splice(found, 1)
      if (id !== undefined) pair(id, childId, 'guess')
    }
  }
}
