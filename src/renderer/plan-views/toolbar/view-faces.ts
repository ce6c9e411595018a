import type { ComponentType } from 'react'
import type { PlanViewId } from '../document.ts'
import { PlanFlame } from '../flame/plan-flame.tsx'
import { PlanGraph } from '../graph/plan-graph.tsx'
import { PlanGrid } from '../grid/plan-grid.tsx'
import { PlanRaw } from '../raw/plan-raw.tsx'
import { PlanText } from '../text/plan-text.tsx'
import type { PlanViewProps } from '../view-state.ts'

export interface PlanViewFace {
  readonly id: PlanViewId
  readonly label: string
  readonly keys: string
  readonly about: string
  readonly View: ComponentType<PlanViewProps>
}

/** The views of a plan, in the order of their keys. */
export const planViewFaces: readonly PlanViewFace[] = [
  {
    id: 'tree',
    label: 'Tree',
    keys: 'alt+1',
    about: 'The plan as a graph: who reads from whom',
    View: PlanGraph,
  },
  {
    id: 'flame',
    label: 'Flame',
    keys: 'alt+2',
    about: 'The width of each node by the measure: where it goes',
    View: PlanFlame,
  },
  { id: 'grid', label: 'Grid', keys: 'alt+3', about: 'One row a node: sort, sum, copy', View: PlanGrid },
  {
    id: 'text',
    label: 'Text',
    keys: 'alt+4',
    about: 'The server’s own text, with figures in the margin',
    View: PlanText,
  },
  { id: 'raw', label: 'Raw', keys: 'alt+5', about: 'Everything the server said, as JSON', View: PlanRaw },
]
