import { titleOf } from '#shared/plan/index.ts'
import { formatPercent } from '#shared/units/index.ts'
import { createCanvasPainter } from '../canvas/canvas-painter.ts'
import { shareOf } from '../canvas/figures.ts'
import { formatFigure } from '../canvas/format-figure.ts'
import { paintSign } from '../canvas/paint-sign.ts'
import type { Painter } from '../canvas/painter.ts'
import { type Palette, shade } from '../canvas/palette.ts'
import { overlaps, type Rect, type Size, type Viewport, visibleWorld } from '../canvas/viewport.ts'
import { plainLook } from './card-frame.ts'
import { describeMembers, describeOwn } from './card-words.ts'
import type { GraphItem } from './graph-model.ts'
import { type GraphScene, nearScale, rectOf } from './graph-scene.ts'
import { describeHits, type ItemFindings } from './item-marks.ts'
import { paintCard } from './paint-card.ts'
import { paintEdges, paintReaderEdges } from './paint-edges.ts'
import type { ReaderEdge } from './reader-edges.ts'

/** What is marked in a graph, beside its figures. */
export interface GraphMarks {
  readonly selectedId: number
  readonly matches: ReadonlySet<number> | undefined
  /** By item: how many of the matches it shows or holds. */
  readonly hits: Int32Array | undefined
  /** By item: what was found on it. */
  readonly findings: ReadonlyMap<number, ItemFindings>
  /** The keyboard is here: the ring around the selected card says so. */
  readonly focused: boolean
  readonly hoveredEdge: ReaderEdge | undefined
}

/** From this scale on a card has its name; below it is a block. */
const nameScale = 0.26

export function paintGraph(
  context: CanvasRenderingContext2D,
  ratio: number,
  size: Size,
  viewport: Viewport,
  palette: Palette,
  scene: GraphScene,
  marks: GraphMarks,
): void {
  context.fillStyle = palette.surface
  context.fillRect(0, 0, size.width, size.height)
  const { scale, x, y } = viewport
  context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * x, ratio * y)
  const painter = createCanvasPainter(context, palette.font)
  const visible = visibleWorld(viewport, size)
  paintFrames(context, palette, scene, visible, scale)
  // Under words and cards, so that no line crosses them; the hovered one over everything.
  paintReaderEdges(painter, palette, scene.readerEdges, visible, undefined)
  if (scale >= nameScale / 3) paintEdges(painter, palette, scene, visible, scale >= nearScale)
  if (scale >= nearScale) paintNear(context, palette, scene, visible, marks)
  else paintBlocks(context, palette, scene, visible, scale, marks)
  if (marks.hoveredEdge !== undefined) {
    paintReaderEdges(painter, palette, [marks.hoveredEdge], visible, marks.hoveredEdge)
  }
  if (marks.focused) paintFocus(context, palette, scene, scale, marks.selectedId)
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
}

function paintFrames(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scene: GraphScene,
  visible: Rect,
  scale: number,
): void {
  const painter = createCanvasPainter(context, palette.font)
  for (const index of scene.index.frameItems) {
    const item = scene.model.items[index]
    const rect = rectOf(scene.layout, index)
    if (item === undefined || !overlaps(rect, visible)) continue
    if (scale >= nameScale) {
      paintCard(painter, palette, scene.figures, item, rect, plainLook)
    } else
      painter.frame(rect.x, rect.y, rect.width, rect.height, { colour: palette.lineStrong, width: 1 / scale })
  }
}

/** How many matches a closed card holds, in words. */
function insideOf(item: GraphItem, index: number, { hits, matches }: GraphMarks): string {
  const own = item.kind === 'node' && matches?.has(item.node.id) === true
  return describeHits(item, hits?.[index] ?? 0, own)
}

function paintNear(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scene: GraphScene,
  visible: Rect,
  marks: GraphMarks,
): void {
  const painter = createCanvasPainter(context, palette.font)
  scene.index.within(visible, (index) => {
    const item = scene.model.items[index]
    if (item === undefined) return
    const match = (marks.hits?.[index] ?? 0) > 0
    paintCard(painter, palette, scene.figures, item, rectOf(scene.layout, index), {
      selected: index === scene.model.itemOf[marks.selectedId],
      match,
      dimmed: marks.matches !== undefined && marks.matches.size > 0 && !match,
      findings: marks.findings.get(index),
      opens: true,
      inside: insideOf(item, index, marks),
    })
  })
}

/** Cards too small to read: blocks in the measure's colours, with their names while these can be read. */
function paintBlocks(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scene: GraphScene,
  visible: Rect,
  scale: number,
  marks: GraphMarks,
): void {
  const painter = createCanvasPainter(context, palette.font)
  const named = scale >= nameScale
  const radius = named ? 4 : 0
  const matched: number[] = []
  scene.index.within(visible, (index) => {
    const item = scene.model.items[index]
    if (item === undefined) return
    const rect = rectOf(scene.layout, index)
    painter.rect(rect.x, rect.y, rect.width, rect.height, blockColour(palette, scene, index, named), radius)
    if ((marks.hits?.[index] ?? 0) > 0) matched.push(index)
    if (named) paintName(painter, palette, scene, { index, item }, marks, rect, scale)
  })
  for (const index of matched) ring(context, rectOf(scene.layout, index), palette.warn, 2 / scale, 2 / scale)
  const selected = scene.model.itemOf[marks.selectedId] ?? -1
  if (selected >= 0) ring(context, rectOf(scene.layout, selected), palette.accent, 2 / scale, 0)
}

/** The name, and where there is room for a second line the figure: as large on screen at every scale. */
function paintName(
  painter: Painter,
  palette: Palette,
  scene: GraphScene,
  { index, item }: { readonly index: number; readonly item: GraphItem },
  marks: GraphMarks,
  rect: Rect,
  scale: number,
): void {
  const size = 10.5 / scale
  const pad = 5 / scale
  const hasTwoLines = rect.height >= 2.5 * size
  const figure = hasTwoLines ? insideOf(item, index, marks) || describeFigure(scene, item) : ''
  const asleep = item.kind === 'node' && item.node.neverExecuted
  const middle = rect.y + rect.height / 2
  const name = item.kind === 'node' ? titleOf(item.node).name : describeMembers(item)
  const found = marks.findings.get(index)
  const line = middle + (figure === '' ? size * 0.36 : -size * 0.25)
  const sign =
    found === undefined
      ? 0
      : paintSign(
          painter,
          palette,
          { severity: found.severity, count: found.titles.length },
          rect.x + pad,
          line - size * 0.85,
          size,
        ) +
        4 / scale
  painter.text(name, rect.x + pad + sign, line, {
    size,
    weight: 500,
    colour: asleep ? palette.ink3 : palette.ink,
    maxWidth: rect.width - 2 * pad - sign,
  })
  if (!hasTwoLines && item.kind === 'node') {
    const own = describeOwn(item.node, scene.figures)
    const style = { size, weight: 400, colour: asleep ? palette.ink3 : palette.ink } as const
    const taken = 3 * pad + sign + painter.measure(name, { size, weight: 500 })
    if (own !== '' && taken + painter.measure(own, style) <= rect.width)
      painter.text(own, rect.x + rect.width - pad, line, { ...style, align: 'right' })
  }
  painter.text(figure, rect.x + pad, middle + size * 1.05, {
    size,
    colour: asleep ? palette.ink3 : palette.ink2,
    maxWidth: rect.width - 2 * pad,
  })
}

function describeFigure({ figures }: GraphScene, item: GraphItem): string {
  if (figures === undefined) return ''
  const figure = item.kind === 'node' ? figures.own[item.node.id] : item.held.figure
  if (item.kind === 'node' && item.node.neverExecuted) return 'never executed'
  if (figure === undefined || !Number.isFinite(figure)) return ''
  const share = shareOf(figures, figure)
  const said = formatFigure(figures.measure.unit, figure)
  return share === undefined ? said : `${said} · ${formatPercent(share)}`
}

/** @param pale for blocks that have text on them */
export function blockColour(palette: Palette, scene: GraphScene, index: number, pale: boolean): string {
  const item = scene.model.items[index]
  const { figures } = scene
  if (item === undefined || figures === undefined) return palette.card
  if (item.kind === 'group') return pale ? palette.selected : palette.lineStrong
  if (item.node.neverExecuted) return palette.line
  return shade(
    pale ? palette.tints : palette.ramps,
    figures.weightOf(item.node.id),
    figures.rank[item.node.id] ?? 0,
  )
}

function ring(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Rect,
  colour: string,
  lineWidth: number,
  away: number,
): void {
  context.setLineDash([])
  context.strokeStyle = colour
  context.lineWidth = lineWidth
  context.strokeRect(x - away, y - away, width + 2 * away, height + 2 * away)
}

function paintFocus(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scene: GraphScene,
  scale: number,
  selectedId: number,
): void {
  const selected = scene.model.itemOf[selectedId] ?? -1
  if (selected >= 0) ring(context, rectOf(scene.layout, selected), palette.accent, 2 / scale, 4 / scale)
}
