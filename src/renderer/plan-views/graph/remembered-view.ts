import type { Size, Viewport } from '../canvas/viewport.ts'
import type { PlanDocument } from '../document.ts'

/** Where a plan's graph was last looked at: it is found there again after another view, and copied as it was seen. */
export interface RememberedGraph {
  readonly viewport: Viewport
  readonly size: Size
  readonly openGroups: ReadonlySet<number>
}

const views = new WeakMap<PlanDocument, RememberedGraph>()

export function rememberGraphView(document: PlanDocument, view: RememberedGraph): void {
  views.set(document, view)
}

export function recallGraphView(document: PlanDocument): RememberedGraph | undefined {
  return views.get(document)
}
