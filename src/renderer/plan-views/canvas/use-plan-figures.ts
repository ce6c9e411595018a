import { useMemo } from 'react'
import { type Plan, worstNodes } from '#shared/plan/index.ts'
import { listVisibleIds } from '../grid/tree-rows.ts'
import type { PlanViewState } from '../view-state.ts'
import { type Figures, readFigures } from './figures.ts'

/** How far `w` walks along the worst. */
const worstWalked = 50

export interface PlanFigures {
  readonly figures: Figures | undefined
  readonly visibleIds: readonly number[]
  /** By the chosen measure, for whoever walks along them: looked for when a key asks. */
  readonly listWorst: () => readonly number[]
}

/** What both pictures and their outline are made from. */
export function usePlanFigures(plan: Plan, { measure, collapsed }: PlanViewState): PlanFigures {
  const figures = useMemo(() => readFigures(plan, measure), [plan, measure])
  const visibleIds = useMemo(() => listVisibleIds(plan, collapsed), [plan, collapsed])
  return {
    figures,
    visibleIds,
    listWorst: () => (figures === undefined ? [] : worstNodes(plan, figures.measure, worstWalked)),
  }
}
