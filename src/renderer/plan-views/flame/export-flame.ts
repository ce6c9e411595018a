import { createCanvasPainter } from '../canvas/canvas-painter.ts'
import { readFigures } from '../canvas/figures.ts'
import { currentPalette, type Palette } from '../canvas/palette.ts'
import { createSvgPainter } from '../canvas/svg-painter.ts'
import { toPng } from '../canvas/to-png.ts'
import type { Size } from '../canvas/viewport.ts'
import type { PlanDocument } from '../document.ts'
import { findingsByNode } from '../findings/finding-marks.tsx'
import type { PlanViewState } from '../view-state.ts'
import { buildFlameScene } from './flame-scene.ts'
import { type FlameWindow, rowPx, wholeWindow } from './flame-window.ts'
import { type FlameMarks, type FlameScene, paintFlame } from './paint-flame.ts'
import { recallFlameView } from './remembered-flame.ts'

/** As wide as a page holds, and high enough for every row, up to a chain that nobody reads as a picture. */
const pageWidth = 1_440
const mostHeight = 16_000
/** What was found is part of the picture; what is chosen on screen is not. */
const marksOf = ({ findings }: PlanDocument): FlameMarks => ({
  selectedId: -1,
  matches: undefined,
  findings: findingsByNode(findings),
})

function wholeSize({ model }: FlameScene): Size {
  return { width: pageWidth, height: Math.min(mostHeight, Math.max(1, model.rows) * rowPx) }
}

function sceneOf(document: PlanDocument, state: PlanViewState): FlameScene | undefined {
  return buildFlameScene(document.plan, readFigures(document.plan, state.measure))
}

/**
 * The whole icicle as SVG.
 * @param palette the colours; those on screen unless told
 * @returns undefined for a plan without any figure to draw widths from
 */
export function exportFlameSvg(
  document: PlanDocument,
  state: PlanViewState,
  palette: Palette = currentPalette(),
): string | undefined {
  const scene = sceneOf(document, state)
  if (scene === undefined) return undefined
  const size = wholeSize(scene)
  const painter = createSvgPainter({
    x: 0,
    y: 0,
    ...size,
    background: palette.surface,
    family: palette.font,
    title: `Plan as an icicle: ${scene.size.measure.label.toLowerCase()} of ${document.plan.nodes.length} nodes`,
  })
  paintFlame(painter, palette, scene, wholeWindow, size, marksOf(document))
  return painter.finish()
}

/**
 * The icicle as PNG: the part on screen as it is seen, or all of it.
 * @returns undefined for a plan without any figure to draw widths from
 * @throws where the browser can't draw a picture of that size
 */
export async function exportFlamePng(
  document: PlanDocument,
  state: PlanViewState,
  part: 'view' | 'whole',
): Promise<Blob | undefined> {
  const scene = sceneOf(document, state)
  if (scene === undefined) return undefined
  const palette = currentPalette()
  const seen = part === 'view' ? recallFlameView(document) : undefined
  const size = seen?.size ?? wholeSize(scene)
  const window: FlameWindow = seen?.window ?? wholeWindow
  return await toPng(size, 2, (context) => {
    paintFlame(createCanvasPainter(context, palette.font), palette, scene, window, size, marksOf(document))
  })
}
