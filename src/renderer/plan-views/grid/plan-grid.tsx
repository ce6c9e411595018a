import { useMemo, useRef, useState } from 'react'
import { useBox } from '#renderer/kit/index.ts'
import { usePreference } from '#renderer/state/index.ts'
import { measuresOf } from '#shared/plan/index.ts'
import { toggleFolded } from '../folding.ts'
import type { PlanViewProps } from '../view-state.ts'
import { chooseColumns, type FigureScope } from './columns.ts'
import { GridBar } from './grid-bar.tsx'
import { GridTable } from './grid-table.tsx'
import { buildLines, type GridSort, type Grouping, linesToTsv } from './lines.ts'

const isList = (value: unknown): value is readonly string[] | null =>
  value === null || (Array.isArray(value) && value.every((id) => typeof id === 'string'))

/** What names and bars take; the rest is for figures. */
const namesAndBarsPx = (width: number): number => (width < narrowPx ? 310 : 394)

/** Below this, names and bars take less room. */
const narrowPx = 560

/** The plan as a table: one line a node in the tree's order, or sorted, or summed by what the nodes share. */
export function PlanGrid(props: PlanViewProps) {
  const { document, state, onChange } = props
  const { plan } = document
  const [columnIds, setColumnIds] = usePreference<readonly string[] | null>('plan.grid.columns', null, isList)
  const [grouping, setGrouping] = useState<Grouping>('node')
  const [chosenScope, setScope] = useState<FigureScope>('own')
  const [sort, setSort] = useState<GridSort>()
  const root = useRef<HTMLDivElement>(null)
  const { width } = useBox(root)
  // Sums of inclusive figures would count everything below twice.
  const scope = grouping === 'node' ? chosenScope : 'own'
  const columns = useMemo(
    () => chooseColumns(plan, columnIds ?? undefined, Math.max(0, width - namesAndBarsPx(width))),
    [plan, columnIds, width],
  )
  const lines = useMemo(
    () => buildLines(plan, columns, { grouping, sort, scope, collapsed: state.collapsed }),
    [plan, columns, grouping, sort, scope, state.collapsed],
  )
  const measure = useMemo(
    () => measuresOf(plan).find(({ id }) => id === state.measure),
    [plan, state.measure],
  )
  const inTree = grouping === 'node' && sort === undefined
  const foldable = () =>
    new Set(plan.nodes.filter((node) => node.depth > 0 && node.childIds.length > 0).map(({ id }) => id))
  return (
    <div ref={root} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <GridBar
        plan={plan}
        compact={width > 0 && width < narrowPx}
        columns={columns}
        chosenByHand={columnIds !== null}
        onColumns={(ids) => setColumnIds(ids ?? null)}
        grouping={grouping}
        onGrouping={setGrouping}
        scope={scope}
        onScope={setScope}
        toTsv={() => linesToTsv(lines, columns, scope)}
        onFold={inTree ? () => onChange({ collapsed: foldable() }) : undefined}
        onUnfold={state.collapsed.size > 0 && inTree ? () => onChange({ collapsed: new Set() }) : undefined}
      />
      <GridTable
        {...props}
        lines={lines}
        columns={columns}
        scope={scope}
        sort={sort}
        onSort={setSort}
        grouping={grouping}
        measure={measure}
        narrow={width > 0 && width < narrowPx}
        onToggle={(nodeId) => onChange({ collapsed: toggleFolded(state.collapsed, nodeId) })}
        toTsv={() => linesToTsv(lines, columns, scope)}
      />
    </div>
  )
}
