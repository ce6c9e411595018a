import { useMemo } from 'react'
import { type Plan, worstNodes } from '#shared/plan/index.ts'
import { buildTreeRows, type TreeRow } from '../grid/tree-rows.ts'
import type { PlanViewState } from '../view-state.ts'
import { type Figures, readFigures } from './figures.ts'

/** How far `w` walks along the worst. */
const worstWalked = 50

export interface PlanRows {
  readonly figures: Figures | undefined
  readonly rows: readonly TreeRow[]
  readonly visibleIds: readonly number[]
  readonly worstIds: readonly number[]
}

/** What both pictures and their outline are made from. */
export function usePlanRows(plan: Plan, { measure, collapsed }: PlanViewState): PlanRows {
  const figures = useMemo(() => readFigures(plan, measure), [plan, measure])
  const worstIds = useMemo(
    () => (figures === undefined ? [] : worstNodes(plan, figures.measure, worstWalked)),
    [plan, figures],
  )
  const rows = useMemo(() => buildTreeRows(plan, collapsed), [plan, collapsed])
  const visibleIds = useMemo(() => rows.map((row) => row.node.id), [rows])
  return { figures, rows, visibleIds, worstIds }
}
