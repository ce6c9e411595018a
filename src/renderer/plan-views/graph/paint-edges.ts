import type { PlanNode } from '#shared/plan/index.ts'
import { formatCountShort } from '#shared/units/index.ts'
import type { Painter } from '../canvas/painter.ts'
import type { Palette } from '../canvas/palette.ts'
import type { Rect } from '../canvas/viewport.ts'
import type { GraphItem } from './graph-model.ts'
import { crosses, edgeAbove, type GraphScene } from './graph-scene.ts'
import type { ReaderEdge } from './reader-edges.ts'

/** Thickness tells the rows' order of magnitude: a thousand times more is five pixels more. */
export function edgeWidth(rows: number | undefined): number {
  return rows === undefined || rows < 1 ? 1 : Math.min(12, 1 + Math.log10(rows) * 1.5)
}

function rowsOf(node: PlanNode): number | undefined {
  return node.neverExecuted ? undefined : (node.totalRows ?? node.planRows)
}

/** Rows that a group hands up: those of its members together. */
function rowsOfItem(scene: GraphScene, item: GraphItem): number | undefined {
  if (item.kind === 'node') return rowsOf(item.node)
  let sum = 0
  for (const id of item.memberIds) {
    const node = scene.plan.nodes[id]
    sum += node === undefined ? 0 : (rowsOf(node) ?? 0)
  }
  return sum
}

/** Lines from each card to the one above, and over all of them the rows that went along each. */
export function paintEdges(
  painter: Painter,
  palette: Palette,
  scene: GraphScene,
  visible: Rect,
  labels: boolean,
): void {
  const { items } = scene.model
  const labelled: (() => void)[] = []
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index]
    const edge = edgeAbove(scene, index)
    if (item === undefined || edge === undefined || !crosses(edge, visible)) continue
    const asleep = item.kind === 'node' && item.node.neverExecuted
    const apart = item.kind === 'node' && item.node.subplanName !== undefined
    const rows = rowsOfItem(scene, item)
    const [x0, y0, x1, y1] = [edge.x, edge.y, edge.x + edge.width, edge.y + edge.height]
    const bend = (y1 - y0) * 0.55
    painter.curve([x0, y0, x0, y0 + bend, x1, y1 - bend, x1, y1], {
      colour: apart ? palette.control : palette.lineStrong,
      width: asleep || apart ? 1.25 : edgeWidth(rows),
      ...(asleep || apart ? { dash: [2, 4] } : {}),
    })
    if (labels) labelled.push(() => paintLabels(painter, palette, item, rows, edge))
  }
  for (const paint of labelled) paint()
  if (labels) paintRoot(painter, palette, scene)
}

function paintLabels(
  painter: Painter,
  palette: Palette,
  item: GraphItem,
  rows: number | undefined,
  edge: Rect,
): void {
  const x = edge.x + edge.width
  const baseline = edge.y + edge.height - 9
  // On the side that the line does not come from; a heading takes the other one.
  const rowsLeft = edge.width < 0
  const beside = (left: boolean, text: string, colour: string): void =>
    paintTag(painter, palette, text, left ? x - 8 : x + 8, baseline, colour, left ? 'right' : 'left')
  if (rows !== undefined) beside(rowsLeft, rowWords(rows), palette.ink2)
  const heading = item.kind === 'node' ? item.node.subplanName : undefined
  if (heading !== undefined) beside(!rowsLeft, heading, palette.ink)
}

/** Means over loops may leave a total between two counts; nobody reads three quarters of a row. */
function rowWords(rows: number): string {
  const whole = Math.round(rows)
  return `${formatCountShort(whole)} ${whole === 1 ? 'row' : 'rows'}`
}

/** Text over lines: with the surface behind it, so that it stays readable. */
function paintTag(
  painter: Painter,
  palette: Palette,
  text: string,
  x: number,
  baseline: number,
  colour: string,
  align: 'left' | 'right',
): void {
  const style = { size: 10.5, weight: 500 } as const
  const width = Math.min(104, painter.measure(text, style))
  painter.rect(align === 'left' ? x - 2 : x - width - 2, baseline - 10, width + 4, 13, palette.surface, 2)
  painter.text(text, x, baseline, { ...style, colour, align, maxWidth: 104 })
}

/** What the statement as a whole puts out. */
function paintRoot(painter: Painter, palette: Palette, scene: GraphScene): void {
  const root = scene.model.items[0]
  if (root === undefined) return
  const rows = rowsOfItem(scene, root)
  if (rows === undefined) return
  const x = (scene.layout.x[0] ?? 0) + (scene.layout.widths[0] ?? 0) / 2
  painter.curve([x, -18, x, -12, x, -6, x, 0], { colour: palette.lineStrong, width: edgeWidth(rows) })
  paintTag(painter, palette, rowWords(rows), x + 8, -9, palette.ink2, 'left')
}

/** Dashed: from an InitPlan or CTE to who reads it, over everything else. */
export function paintReaderEdges(
  painter: Painter,
  palette: Palette,
  edges: readonly ReaderEdge[],
  visible: Rect,
  hovered: ReaderEdge | undefined,
): void {
  for (const edge of edges) {
    const { bounds } = edge
    if (bounds.x > visible.x + visible.width || bounds.x + bounds.width < visible.x) continue
    if (bounds.y > visible.y + visible.height || bounds.y + bounds.height < visible.y) continue
    const width = edge === hovered ? 2.5 : 1.5
    painter.curve(edge.curve, { colour: palette.accent, width, dash: [5, 4] })
    const [, , , , , , x, y] = edge.curve
    const back = 8 * edge.direction
    painter.polygon([x, y, x - back, y - 4.5, x - back, y + 4.5], palette.accent)
  }
}
