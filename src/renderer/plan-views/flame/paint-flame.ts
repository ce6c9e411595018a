import { type Finding, type Plan, type PlanPartKind, titleOf } from '#shared/plan/index.ts'
import { formatPercent } from '#shared/units/index.ts'
import type { Figures } from '../canvas/figures.ts'
import { formatFigure } from '../canvas/format-figure.ts'
import { paintSign } from '../canvas/paint-sign.ts'
import type { Painter } from '../canvas/painter.ts'
import { type Palette, shade } from '../canvas/palette.ts'
import type { Size } from '../canvas/viewport.ts'
import { loudestOf } from '../findings/finding-marks.tsx'
import type { FlameBlock, FlameModel } from './flame-model.ts'
import { type FlameWindow, rowGapPx, rowPx } from './flame-window.ts'

export interface FlameScene {
  readonly plan: Plan
  readonly model: FlameModel
  /** What widths are made of. */
  readonly size: Figures
  /** What colours tell: the chosen measure. */
  readonly colour: Figures
}

export interface FlameMarks {
  readonly selectedId: number
  readonly matches: ReadonlySet<number> | undefined
  /** By node. */
  readonly findings: ReadonlyMap<number, readonly Finding[]>
}

export const partNames: Readonly<Record<PlanPartKind, string>> = {
  planning: 'Planning',
  tree: 'Tree',
  apart: 'Behind the tree',
  triggers: 'Triggers',
  jit: 'JIT before the tree',
  serialization: 'Serialization',
  unaccounted: 'Unaccounted',
}

/** Narrower blocks are drawn as hairs, one a pixel; what is below still narrower ones not at all. */
const leastPx = 0.5
const nothingPx = 0.01
const textPx = 30
const inset = 6

export function nameOf(scene: FlameScene, block: FlameBlock): string {
  if (block.kind === 'whole') return 'Statement'
  if (block.part !== undefined) return partNames[block.part]
  const node = scene.plan.nodes[block.nodeId]
  if (node === undefined) return ''
  return node.subplanName === undefined ? titleOf(node).text : `${node.subplanName}: ${titleOf(node).text}`
}

export function paintFlame(
  painter: Painter,
  palette: Palette,
  scene: FlameScene,
  window: FlameWindow,
  size: Size,
  marks: FlameMarks,
): void {
  painter.rect(0, 0, size.width, size.height, palette.surface)
  const { model } = scene
  if (model.total <= 0) return
  const perUnit = size.width / ((window.to - window.from) * model.total)
  const origin = window.from * model.total
  const ringed: { x: number; y: number; width: number; colour: string }[] = []
  // Where hairs side by side have been drawn up to, by row: one a pixel is all that can be seen.
  const dusted = new Int32Array(model.rows).fill(-1)
  for (let index = 0; index < model.blocks.length; ) {
    const block = model.blocks[index]
    if (block === undefined) break
    const left = (block.start - origin) * perUnit
    const width = block.width * perUnit
    const y = block.row * rowPx - window.top
    if (left >= size.width || left + width <= 0 || y >= size.height) {
      index = block.end
      continue
    }
    const marked = markOf(block, marks, palette)
    if (width < leastPx && marked === undefined) {
      const pixel = Math.floor(left)
      if (pixel > (dusted[block.row] ?? 0) && y + rowPx > 0) {
        dusted[block.row] = pixel
        painter.rect(pixel, y, 1, rowPx - rowGapPx, dustColour(palette, scene, block))
      }
      index = width < nothingPx ? block.end : index + 1
      continue
    }
    if (y + rowPx > 0) {
      const x = Math.max(0, left)
      const shown = Math.min(size.width, left + width) - x
      paintBlock(painter, palette, scene, block, x, y, shown, marks)
      if (marked !== undefined) ringed.push({ x, y, width: shown, colour: marked })
    }
    index += 1
  }
  for (const { x, y, width, colour } of ringed) {
    painter.frame(x + 1, y + 1, Math.max(2, width - 2), rowPx - rowGapPx - 2, { colour, width: 2 }, 2)
  }
}

function dustColour(palette: Palette, { colour }: FlameScene, block: FlameBlock): string {
  if (block.kind !== 'node') return palette.lineStrong
  return shade(palette.tints, colour.weightOf(block.nodeId), colour.rank[block.nodeId] ?? 0)
}

function markOf(block: FlameBlock, marks: FlameMarks, palette: Palette): string | undefined {
  if (block.kind !== 'node') return undefined
  if (block.nodeId === marks.selectedId) return palette.accent
  return marks.matches?.has(block.nodeId) ? palette.warn : undefined
}

function paintBlock(
  painter: Painter,
  palette: Palette,
  scene: FlameScene,
  block: FlameBlock,
  x: number,
  y: number,
  width: number,
  marks: FlameMarks,
): void {
  const { colour, size, model } = scene
  const height = rowPx - rowGapPx
  const drawn = Math.max(0.5, width - (width > 3 ? 1 : 0))
  const searching = marks.matches !== undefined && marks.matches.size > 0 && block.kind === 'node'
  const dimmed = searching && !(marks.matches?.has(block.nodeId) ?? false)
  if (block.kind === 'node') {
    const weight = colour.weightOf(block.nodeId)
    const fill = dimmed ? palette.card : shade(palette.tints, weight, colour.rank[block.nodeId] ?? 0)
    painter.rect(x, y, drawn, height, fill, drawn > 8 ? 2 : 0)
    // How much of the width is the node's own: a line along the lower edge.
    const own = block.width > 0 ? (block.own / block.width) * drawn : 0
    if (own >= 1 && !dimmed) painter.rect(x, y + height - 3, own, 3, palette.weights[weight])
  } else {
    painter.rect(
      x,
      y,
      drawn,
      height,
      block.kind === 'whole' ? palette.selected : palette.card,
      drawn > 8 ? 2 : 0,
    )
    if (drawn > 8)
      painter.frame(x + 0.5, y + 0.5, drawn - 1, height - 1, { colour: palette.lineStrong, width: 1 }, 2)
  }
  if (drawn < textPx) return
  const ink = dimmed ? palette.ink3 : palette.ink
  const figure = `${formatFigure(size.measure.unit, block.width)} · ${formatPercent(block.width / model.total)}`
  const figureStyle = { size: 11, colour: dimmed ? palette.ink3 : palette.ink2 } as const
  const figureWidth = painter.measure(figure, figureStyle)
  const roomy = drawn > figureWidth + 120
  const found = block.kind === 'node' ? marks.findings.get(block.nodeId) : undefined
  const loudest = found && loudestOf(found)
  const sign =
    found === undefined || loudest === undefined
      ? 0
      : paintSign(
          painter,
          palette,
          { severity: loudest.severity, count: found.length },
          x + inset,
          y + 6,
          11,
        ) + 5
  painter.text(nameOf(scene, block), x + inset + sign, y + 15.5, {
    size: 11.5,
    weight: 500,
    colour: ink,
    maxWidth: drawn - 2 * inset - sign - (roomy ? figureWidth + 10 : 0),
  })
  if (roomy) painter.text(figure, x + drawn - inset, y + 15.5, { ...figureStyle, align: 'right' })
}
