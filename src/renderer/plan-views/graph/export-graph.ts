import { titleOf } from '#shared/plan/index.ts'
import { createCanvasPainter } from '../canvas/canvas-painter.ts'
import { readFigures } from '../canvas/figures.ts'
import type { Painter } from '../canvas/painter.ts'
import { currentPalette, type Palette } from '../canvas/palette.ts'
import { createSvgPainter } from '../canvas/svg-painter.ts'
import { toPng } from '../canvas/to-png.ts'
import type { Rect, Size } from '../canvas/viewport.ts'
import type { PlanDocument } from '../document.ts'
import type { PlanViewState } from '../view-state.ts'
import { plainLook } from './card-frame.ts'
import { buildGraphModel } from './graph-model.ts'
import { buildGraphScene, type GraphScene, rectOf } from './graph-scene.ts'
import { findingsByItem } from './item-marks.ts'
import { layoutTree } from './layout-tree.ts'
import { paintCard } from './paint-card.ts'
import { paintEdges, paintReaderEdges } from './paint-edges.ts'
import { paintGraph } from './paint-graph.ts'
import { recallGraphView } from './remembered-view.ts'

const margin = 24
const nothingOpen: ReadonlySet<number> = new Set()

/**
 * The graph as it is folded now, from the beginning: what is copied needs no canvas on screen.
 * @param room as it is drawn on a canvas of that size; absent for every card in full
 */
export function sceneOf(document: PlanDocument, state: PlanViewState, room?: Size): GraphScene {
  const { plan } = document
  const figures = readFigures(plan, state.measure)
  const model = buildGraphModel(plan, figures, {
    collapsed: state.collapsed,
    openGroups: recallGraphView(document)?.openGroups ?? nothingOpen,
    selectedId: state.selectedId,
  })
  return buildGraphScene(plan, figures, model, layoutTree(model), room)
}

function frameOf({ bounds }: GraphScene): Rect {
  return {
    x: bounds.x - margin,
    y: bounds.y - margin,
    width: bounds.width + 2 * margin,
    height: bounds.height + 2 * margin,
  }
}

function paintWhole(painter: Painter, palette: Palette, scene: GraphScene, { findings }: PlanDocument): void {
  const found = findingsByItem(scene.model, findings)
  const everything = frameOf(scene)
  const card = (index: number): void => {
    const item = scene.model.items[index]
    if (item !== undefined)
      paintCard(painter, palette, scene.figures, item, rectOf(scene.layout, index), {
        ...plainLook,
        opens: false,
        findings: found.get(index),
      })
  }
  scene.index.frameItems.forEach(card)
  paintReaderEdges(painter, palette, scene.readerEdges, everything, undefined)
  paintEdges(painter, palette, scene, everything, true)
  scene.index.within(everything, card)
}

/**
 * The whole graph as SVG, every card in full.
 * @param palette the colours; those on screen unless told
 */
export function exportGraphSvg(
  document: PlanDocument,
  state: PlanViewState,
  palette: Palette = currentPalette(),
): string {
  const scene = sceneOf(document, state)
  const [root] = document.plan.nodes
  const painter = createSvgPainter({
    ...frameOf(scene),
    background: palette.surface,
    family: palette.font,
    title: `Plan: ${root === undefined ? 'empty plan' : titleOf(root).text}, ${document.plan.nodes.length} nodes`,
  })
  paintWhole(painter, palette, scene, document)
  return painter.finish()
}

/**
 * The graph as PNG: the part on screen as it is seen, or all of it, as sharp as its size allows.
 * @throws where the browser can't draw a picture of that size
 */
export async function exportGraphPng(
  document: PlanDocument,
  state: PlanViewState,
  part: 'view' | 'whole',
): Promise<Blob> {
  const palette = currentPalette()
  const seen = recallGraphView(document)
  if (part === 'view' && seen !== undefined) {
    const scene = sceneOf(document, state, seen.size)
    return await toPng(seen.size, 2, (context, ratio) => {
      paintGraph(context, ratio, seen.size, seen.viewport, palette, scene, {
        selectedId: state.selectedId,
        matches: undefined,
        hits: undefined,
        findings: findingsByItem(scene.model, document.findings),
        focused: false,
        hoveredEdge: undefined,
      })
    })
  }
  const scene = sceneOf(document, state)
  const frame = frameOf(scene)
  return await toPng(frame, 2, (context) => {
    const painter = createCanvasPainter(context, palette.font)
    context.translate(-frame.x, -frame.y)
    painter.rect(frame.x, frame.y, frame.width, frame.height, palette.surface)
    paintWhole(painter, palette, scene, document)
  })
}
