import type { Measure } from '#shared/plan/index.ts'
import type { PlanViewProps } from '../view-state.ts'
import type { FigureScope, GridColumn } from './columns.ts'
import type { GridLine, GridSort, Grouping } from './lines.ts'

/** What the parts of the table have in common. */
export interface GridTableProps extends PlanViewProps {
  readonly lines: readonly GridLine[]
  readonly columns: readonly GridColumn[]
  readonly scope: FigureScope
  readonly sort: GridSort | undefined
  readonly onSort: (sort: GridSort | undefined) => void
  readonly grouping: Grouping
  readonly measure: Measure | undefined
  readonly narrow: boolean
  readonly onToggle: (nodeId: number) => void
  readonly toTsv: () => string
}
