import { currentPalette } from '../canvas/palette.ts'
import { fitRect, type Size } from '../canvas/viewport.ts'
import type { PlanDocument } from '../document.ts'
import { sceneOf } from './export-graph.ts'
import { findingsByItem } from './item-marks.ts'
import { paintGraph } from './paint-graph.ts'

const size: Size = { width: 1_200, height: 800 }

/** Draws a plan's graph as it is first drawn, on a canvas that nobody sees: what that compiles and measures is kept. */
export function rehearseGraph(document: PlanDocument): void {
  const context = window.document.createElement('canvas').getContext('2d')
  if (context === null) return
  const scene = sceneOf(document, {
    view: 'tree',
    selectedId: 0,
    measure: 'elapsed',
    search: '',
    collapsed: new Set(),
  })
  paintGraph(context, 1, size, fitRect(scene.bounds, size, 0), currentPalette(), scene, {
    selectedId: 0,
    matches: undefined,
    hits: undefined,
    findings: findingsByItem(scene.model, document.findings),
    focused: false,
    hoveredEdge: undefined,
  })
}
