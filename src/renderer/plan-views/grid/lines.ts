import { type Plan, type PlanNode, titleOf } from '#shared/plan/index.ts'
import type { FigureScope, GridColumn } from './columns.ts'
import { buildTreeRows, type TreeRow } from './tree-rows.ts'

/** What a line of the grid stands for. */
export const groupings = ['node', 'type', 'relation', 'index'] as const
export type Grouping = (typeof groupings)[number]

export interface GridSort {
  readonly columnId: string
  readonly direction: 'ascending' | 'descending'
}

/** A line: a node, or all nodes of a type, a relation, an index. */
export interface GridLine {
  readonly key: string
  readonly nodes: readonly PlanNode[]
  /** The node to go to: itself, or the one of the group with the largest own time (or cost). */
  readonly nodeId: number
  /** Its place in the tree; absent where lines are sorted or grouped. */
  readonly tree: TreeRow | undefined
  readonly label: string
}

export interface GridOptions {
  readonly grouping: Grouping
  readonly sort: GridSort | undefined
  readonly scope: FigureScope
  readonly collapsed: ReadonlySet<number>
}

/** The figure of a line; of several nodes the sum (own figures only, or it would count twice) or the most. */
export function readFigure(line: GridLine, column: GridColumn, scope: FigureScope): number | undefined {
  const [only] = line.nodes
  if (line.nodes.length === 1 && only !== undefined) return column.read(only, scope)
  return gather(line.nodes, column)
}

/** Own figures of nodes as one. */
export function gather(nodes: readonly PlanNode[], column: GridColumn): number | undefined {
  if (column.gather === undefined) return undefined
  const figures = nodes.map((node) => column.read(node, 'own')).filter((figure) => figure !== undefined)
  if (figures.length === 0) return undefined
  return column.gather === 'most'
    ? figures.reduce((most, figure) => Math.max(most, figure), 0)
    : figures.reduce((sum, figure) => sum + figure, 0)
}

/** The lines to show: the tree as it is folded; flat where a column sorts it; one a group. */
export function buildLines(
  plan: Plan,
  columns: readonly GridColumn[],
  options: GridOptions,
): readonly GridLine[] {
  const sortBy = columns.find(({ id }) => id === options.sort?.columnId)
  if (options.grouping === 'node' && sortBy === undefined) {
    return buildTreeRows(plan, options.collapsed).map((tree) => nodeLine(tree.node, tree))
  }
  const lines =
    options.grouping === 'node'
      ? plan.nodes.map((node) => nodeLine(node, undefined))
      : groupNodes(plan, options.grouping)
  const column = sortBy ?? columns.find(({ gather: how }) => how === 'sum')
  if (column === undefined) return lines
  const sign = sortBy !== undefined && options.sort?.direction === 'ascending' ? 1 : -1
  // Lines without a figure stand last either way.
  const rank = new Map(lines.map((line) => [line, readFigure(line, column, options.scope)]))
  return lines.toSorted((a, b) => {
    const [one, other] = [rank.get(a), rank.get(b)]
    if (one === undefined || other === undefined)
      return Number(one === undefined) - Number(other === undefined)
    return sign * (one - other)
  })
}

function nodeLine(node: PlanNode, tree: TreeRow | undefined): GridLine {
  return { key: `node-${node.id}`, nodes: [node], nodeId: node.id, tree, label: titleOf(node).text }
}

function keyOf(node: PlanNode, grouping: Exclude<Grouping, 'node'>): string | undefined {
  if (grouping === 'type') return node.nodeType
  if (grouping === 'index') return node.index
  return node.relation && (node.schema === undefined ? node.relation : `${node.schema}.${node.relation}`)
}

function groupNodes(plan: Plan, grouping: Exclude<Grouping, 'node'>): readonly GridLine[] {
  const groups = new Map<string, PlanNode[]>()
  for (const node of plan.nodes) {
    const key = keyOf(node, grouping)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [node])
    else group.push(node)
  }
  return [...groups].map(([label, nodes]) => ({
    key: `${grouping}-${label}`,
    nodes,
    nodeId: worstOf(nodes),
    tree: undefined,
    label,
  }))
}

function worstOf(nodes: readonly PlanNode[]): number {
  const weight = (node: PlanNode) => node.exclusiveMs ?? node.totalCost ?? 0
  return (
    nodes.reduce<PlanNode | undefined>(
      (worst, node) => (worst === undefined || weight(node) > weight(worst) ? node : worst),
      undefined,
    )?.id ?? 0
  )
}

/** Lines as tab-separated values, headings first; figures in full, without units (the headings say them). */
export function linesToTsv(
  lines: readonly GridLine[],
  columns: readonly GridColumn[],
  scope: FigureScope,
): string {
  const clean = (text: string) => text.replace(/[\t\n\r]+/g, ' ')
  const head = ['Node', 'Nodes', ...columns.map(({ title }) => title)]
  const body = lines.map((line) => [
    clean(line.label),
    String(line.nodes.length),
    ...columns.map((column) => String(readFigure(line, column, scope) ?? '')),
  ])
  return [head, ...body].map((cells) => cells.join('\t')).join('\n')
}
