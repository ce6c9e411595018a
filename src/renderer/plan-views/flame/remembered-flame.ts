import type { Size } from '../canvas/viewport.ts'
import type { PlanDocument } from '../document.ts'
import type { FlameWindow } from './flame-window.ts'

/** Where a plan's icicle was last looked at. */
export interface RememberedFlame {
  readonly window: FlameWindow
  readonly size: Size
  readonly zoomedId: number | undefined
}

const views = new WeakMap<PlanDocument, RememberedFlame>()

export function rememberFlameView(document: PlanDocument, view: RememberedFlame): void {
  views.set(document, view)
}

export function recallFlameView(document: PlanDocument): RememberedFlame | undefined {
  return views.get(document)
}
