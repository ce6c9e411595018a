import type { Bytes, Milliseconds } from '#shared/units/index.ts'
import type { PlanNode, RemovalKind, RowsRemoved } from '../plan-types.ts'
import { type Condition, listTerms, readCondition } from './conditions.ts'
import type { RuleContext } from './finding.ts'
import { isWorthSaying } from './severity.ts'

/** True where so much time at stake deserves to be said; without times the rule's own row counts decide. */
export function isWorth({ plan, wholeMs }: RuleContext, atStakeMs: Milliseconds | undefined): boolean {
  return atStakeMs === undefined ? !plan.timed : isWorthSaying(atStakeMs, wholeMs)
}

export function removalOf(node: PlanNode, kind: RemovalKind): RowsRemoved | undefined {
  return node.rowsRemoved.find((removed) => removed.kind === kind)
}

/** Rows that a node's conditions threw away, of the given kinds. */
export function removedRows(node: PlanNode, ...kinds: readonly RemovalKind[]): number {
  let sum = 0
  for (const { kind, totalRows } of node.rowsRemoved) if (kinds.includes(kind)) sum += totalRows
  return sum
}

/** Several rules ask for the same condition; kept as long as its node. */
const known = new WeakMap<PlanNode, Map<string, Condition>>()

/** The condition under a label of EXPLAIN (`Filter`, `Index Cond`); undefined where the node has none. */
export function conditionOf(node: PlanNode, label: string): Condition | undefined {
  const said = known.get(node)?.get(label)
  if (said !== undefined) return said
  const text = node.conditions.find((entry) => entry.label === label)?.texts.join(' AND ')
  if (text === undefined) return undefined
  const condition = readCondition(text)
  const all = known.get(node)
  if (all === undefined) known.set(node, new Map([[label, condition]]))
  else all.set(label, condition)
  return condition
}

/** The terms that must all hold under a label, none where the node has no such condition. */
export function termsOf(node: PlanNode, label: string): readonly Condition[] {
  const condition = conditionOf(node, label)
  return condition === undefined ? [] : listTerms(condition)
}

/** A relation of the server's own: nobody makes indexes there. */
export function isCatalog(node: PlanNode): boolean {
  // A function of the server's own may give a user's rows.
  if (node.relation === undefined) return false
  return (
    node.schema === 'pg_catalog' ||
    node.schema === 'information_schema' ||
    (node.schema === undefined && node.relation.startsWith('pg_'))
  )
}

/** Nearest ancestor that `matches`; the way up ends where `stops` does. */
export function findAbove(
  { parent }: RuleContext,
  node: PlanNode,
  matches: (node: PlanNode) => boolean,
  stops: (node: PlanNode) => boolean = () => false,
): PlanNode | undefined {
  for (let above = parent(node); above !== undefined && !stops(above); above = parent(above))
    if (matches(above)) return above
  return undefined
}

/**
 * Nodes that are partitions of one table (members of the same Append) in one group each; every other node alone.
 * A finding about a partitioned table is told once.
 */
export function groupPartitions(
  { parent }: RuleContext,
  nodes: readonly PlanNode[],
): readonly (readonly PlanNode[])[] {
  const groups: PlanNode[][] = []
  const split = new Map<string, PlanNode[]>()
  for (const node of nodes) {
    let member: PlanNode | undefined = node
    while (member !== undefined && member.parentRelationship !== 'Member') {
      const above = parent(member)
      // Only what a member consists of (a Limit, a Sort, a bitmap) stands between it and the Append.
      member = above !== undefined && above.childIds.length === 1 ? above : undefined
    }
    const append = member === undefined ? undefined : parent(member)
    const isSplit = append?.nodeType === 'Append' || append?.nodeType === 'Merge Append'
    const key = isSplit ? `${append.id} ${nameStem(node)} ${conditionShape(node)}` : undefined
    const known = key === undefined ? undefined : split.get(key)
    if (known !== undefined) {
      known.push(node)
      continue
    }
    const group = [node]
    groups.push(group)
    if (key !== undefined) split.set(key, group)
  }
  return groups
}

/** What the names of a table's partitions have in common: `orders_2024_01`, or the alias `o_3`. */
const nameStem = (node: PlanNode): string => (node.alias ?? node.relation ?? '').replace(/[_\d]+$/, '')

/** A node's conditions without the names of its relation, which differ from partition to partition. */
function conditionShape(node: PlanNode): string {
  const texts = node.conditions.map(({ label, texts: entries }) => `${label}: ${entries.join()}`).join('; ')
  const shape = [node.alias, node.relation].reduce<string>(
    (text, name) =>
      name === undefined ? text : text.replaceAll(`${name}.`, '').replaceAll(`"${name}".`, ''),
    texts,
  )
  return `${node.nodeType} ${shape}`
}

export function sumOf(
  nodes: readonly PlanNode[],
  figure: (node: PlanNode) => number | undefined,
): number | undefined {
  let sum: number | undefined
  for (const node of nodes) {
    const value = figure(node)
    if (value !== undefined) sum = (sum ?? 0) + value
  }
  return sum
}

/** `figure × share`, undefined without a figure. */
export const shareOf = (figure: number | undefined, share: number): number | undefined =>
  figure === undefined ? undefined : figure * Math.min(1, Math.max(0, share))

/** A server setting that the plan shows because it is not the default. */
export function settingOf({ plan }: RuleContext, name: string): string | undefined {
  return plan.settings.find((setting) => setting.name === name)?.value
}

/** PostgreSQL's own default. */
const usualWorkMemBytes: Bytes = 4 * 1_048_576

/** `work_mem` of the run; undefined where the plan does not tell: without its settings nobody knows. */
export function workMemOf(context: RuleContext): Bytes | undefined {
  const [, size, unit] = /^(\d+)(kB|MB|GB)$/.exec(settingOf(context, 'work_mem') ?? '') ?? []
  if (size !== undefined)
    return Number(size) * (unit === 'GB' ? 1_073_741_824 : unit === 'MB' ? 1_048_576 : 1_024)
  // Settings are shown as far as they differ from the default.
  return context.plan.settings.length > 0 ? usualWorkMemBytes : undefined
}
