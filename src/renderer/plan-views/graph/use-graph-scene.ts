import { useEffect, useMemo, useState } from 'react'
import type { Plan } from '#shared/plan/index.ts'
import type { Figures } from '../canvas/figures.ts'
import type { Size } from '../canvas/viewport.ts'
import type { GraphModel } from './graph-model.ts'
import { buildGraphScene, type GraphScene } from './graph-scene.ts'
import { type Layout, layoutTree } from './layout-tree.ts'
import { mostAtOnce, requestLayout } from './request-layout.ts'

interface LaidOut {
  readonly model: GraphModel
  readonly layout: Layout
}

/**
 * The graph in its place. A small one at once, so that nothing flashes; a large one comes from a worker, and what was
 * there before stays until then. Undefined until the first is there.
 * @param room of the canvas; undefined until it is known
 */
export function useGraphScene(
  plan: Plan,
  figures: Figures | undefined,
  model: GraphModel,
  room: Size | undefined,
): GraphScene | undefined {
  const atOnce = useMemo(
    (): LaidOut | undefined =>
      model.items.length <= mostAtOnce ? { model, layout: layoutTree(model) } : undefined,
    [model],
  )
  const [arrived, setArrived] = useState<LaidOut>()
  useEffect(() => {
    if (atOnce !== undefined) return
    return requestLayout({ parents: model.parents, frames: model.frames }, (layout) =>
      setArrived({ model, layout }),
    )
  }, [model, atOnce])
  const laid = atOnce ?? arrived
  return useMemo(
    () =>
      laid === undefined ||
      room === undefined ||
      (laid.model.itemOf.length !== plan.nodes.length && laid.model !== model)
        ? undefined
        : buildGraphScene(plan, figures, laid.model, laid.layout, room),
    [plan, figures, laid, model, room],
  )
}
