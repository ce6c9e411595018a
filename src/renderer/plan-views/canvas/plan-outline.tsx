import { type KeyboardEvent, type Ref, useId } from 'react'
import { type Finding, type Plan, titleOf } from '#shared/plan/index.ts'
import { formatFactor, formatPercent } from '#shared/units/index.ts'
import { findingsByNode } from '../findings/finding-marks.tsx'
import { readTreeRow } from '../grid/tree-rows.ts'
import { type Figures, shareOf } from './figures.ts'
import { formatFigure } from './format-figure.ts'
import { describeRows, listNodeMarks } from './node-marks.ts'
import { standingIndex } from './walk.ts'

/** Rows on either side of the selected one: enough to read on from it, few enough for thousands of nodes. */
const around = 8

interface PlanOutlineProps {
  readonly plan: Plan
  readonly findings: readonly Finding[]
  readonly figures: Figures | undefined
  readonly collapsed: ReadonlySet<number>
  readonly visibleIds: readonly number[]
  readonly selectedId: number
  readonly label: string
  /** What the keys do, read after the label. */
  readonly help: string
  readonly gridRef: Ref<HTMLDivElement>
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocusChange?: (focused: boolean) => void
  readonly onSelect: (nodeId: number) => void
}

/**
 * What a canvas shows, for the keyboard and for screen readers: a tree grid of the nodes around the selected one. Its
 * container has the focus; the canvas draws where that is.
 */
export function PlanOutline(props: PlanOutlineProps) {
  const { plan, findings, figures, collapsed, visibleIds, selectedId, gridRef } = props
  const id = useId()
  const at = standingIndex(visibleIds, selectedId)
  const first = Math.max(0, at - around)
  const rows = visibleIds
    .slice(first, at + around + 1)
    .map((nodeId) => readTreeRow(plan, nodeId, collapsed))
    .filter((row) => row !== undefined)
  return (
    <>
      <p id={`${id}-help`} className="sr-only">
        {props.help}
      </p>
      <div
        ref={gridRef}
        data-plan-focus
        // Zooms and pans the drawing, where elsewhere these keys change the window's time.
        data-own-keys="+ - 0 shift+left shift+right"
        role="treegrid"
        aria-label={props.label}
        aria-describedby={`${id}-help`}
        aria-rowcount={visibleIds.length + 1}
        aria-colcount={4}
        aria-activedescendant={`${id}-${visibleIds[at] ?? 0}`}
        tabIndex={0}
        onKeyDown={props.onKeyDown}
        onFocus={() => props.onFocusChange?.(true)}
        onBlur={() => props.onFocusChange?.(false)}
        className="sr-only"
      >
        <div role="row" aria-rowindex={1}>
          <span role="columnheader">Node</span>
          <span role="columnheader">{figures?.measure.label ?? 'Figure'}, own</span>
          <span role="columnheader">Rows</span>
          <span role="columnheader">Marks</span>
        </div>
        {rows.map((row, index) => {
          const { node } = row
          const own = figures?.own[node.id]
          return (
            <div
              key={node.id}
              id={`${id}-${node.id}`}
              role="row"
              aria-rowindex={first + index + 2}
              aria-level={node.depth + 1}
              aria-posinset={row.position}
              aria-setsize={row.siblings}
              aria-selected={node.id === visibleIds[at]}
              {...(node.childIds.length > 0 ? { 'aria-expanded': row.expanded } : {})}
              onClick={() => props.onSelect(node.id)}
            >
              <span role="gridcell">
                {node.subplanName === undefined ? '' : `${node.subplanName}: `}
                {titleOf(node).text}
              </span>
              <span role="gridcell">{describeOwn(plan, figures, own, node.neverExecuted)}</span>
              <span role="gridcell">{describeRows(node)}</span>
              <span role="gridcell">
                {[
                  ...listNodeMarks(node).map((mark) => mark.text),
                  ...(findingsByNode(findings).get(node.id) ?? []).map((found) => found.title),
                ].join(', ')}
              </span>
            </div>
          )
        })}
      </div>
    </>
  )
}

function describeOwn(
  plan: Plan,
  figures: Figures | undefined,
  own: number | undefined,
  neverExecuted: boolean,
): string {
  if (neverExecuted) return 'never executed'
  if (figures === undefined || own === undefined || !Number.isFinite(own)) return ''
  if (figures.measure.unit === 'factor' && plan.analyzed) return formatFactor(own)
  const share = shareOf(figures, own)
  const said = formatFigure(figures.measure.unit, own)
  return share === undefined ? said : `${said}, ${formatPercent(share)}`
}
