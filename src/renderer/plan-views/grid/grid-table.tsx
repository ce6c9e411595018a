import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import { type Measure, wholeOf } from '#shared/plan/index.ts'
import { findingsByNode } from '../findings/finding-marks.tsx'
import type { FigureScope, GridColumn } from './columns.ts'
import { GridFooter } from './grid-footer.tsx'
import { GridHeader } from './grid-header.tsx'
import type { GridTableProps } from './grid-props.ts'
import { GridRow } from './grid-row.tsx'
import { type GridLine, readFigure } from './lines.ts'
import { moveInLines } from './move-in-lines.ts'
import { computeShares, type NodeShare, weigh } from './shares.ts'

const rowPx = 26
const overscanRows = 12

/** The table itself: headings that sort, lines of which only the visible exist, sums below. */
export function GridTable(props: GridTableProps) {
  const { document, state, matchIds, onChange, lines, columns, scope, measure, grouping } = props
  const { plan, findings } = document
  const [namePx, sharePx] = props.narrow ? [170, 104] : [230, 130]
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: overscanRows,
    // Headings and sums cover the ends of the viewport.
    scrollPaddingStart: rowPx,
    scrollPaddingEnd: rowPx,
  })
  const selectedIndex = lines.findIndex((line) => line.nodes.some(({ id }) => id === state.selectedId))
  useEffect(() => {
    if (selectedIndex >= 0) virtual.scrollToIndex(selectedIndex, { align: 'auto' })
  }, [selectedIndex, virtual])

  const shares = useMemo(() => (measure === undefined ? [] : computeShares(plan, measure)), [plan, measure])
  const whole = useMemo(() => (measure === undefined ? 0 : wholeOf(plan, measure)), [plan, measure])
  const heats = useMemo(
    () => new Map(columns.map((column) => [column.id, mostOf(lines, column, scope)])),
    [lines, columns, scope],
  )
  const marks = findingsByNode(findings)
  const matches = useMemo(() => matchIds && new Set(matchIds), [matchIds])
  const template = `minmax(${namePx}px, 1fr) ${measure === undefined ? '' : `${sharePx}px`} ${columns
    .map(({ widthPx }) => `${widthPx}px`)
    .join(' ')}`
  const minWidth =
    namePx +
    (measure === undefined ? 0 : sharePx + 10) +
    columns.reduce((sum, { widthPx }) => sum + widthPx + 10, 24)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    if (
      (event.ctrlKey || event.metaKey) &&
      event.key === 'c' &&
      window.getSelection()?.isCollapsed !== false
    ) {
      event.preventDefault()
      void navigator.clipboard.writeText(props.toTsv())
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowPx) / rowPx) - 3)
    const move = moveInLines(lines, selectedIndex, event.key, pageRows)
    if (move === undefined) return
    event.preventDefault()
    if (move.kind === 'select') onChange({ selectedId: move.nodeId })
    else props.onToggle(move.nodeId)
  }
  const selected = lines[selectedIndex]
  return (
    <div
      ref={scroller}
      role="treegrid"
      aria-label="Plan"
      aria-rowcount={lines.length + 2}
      aria-colcount={columns.length + (measure === undefined ? 1 : 2)}
      {...(selected === undefined ? {} : { 'aria-activedescendant': `plan-${selected.key}` })}
      tabIndex={0}
      data-plan-focus=""
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
    >
      <div className="flex min-h-full flex-col" style={{ minWidth }}>
        <GridHeader {...props} template={template} />
        <div role="rowgroup" className="relative shrink-0" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const line = lines[item.index]
            if (line === undefined) return null
            return (
              <GridRow
                key={line.key}
                line={line}
                rowIndex={item.index + 2}
                top={item.start}
                columns={columns}
                scope={scope}
                template={template}
                measure={measure}
                share={
                  line.nodes.length === 1 && grouping === 'node'
                    ? shares[line.nodeId]
                    : shareOfGroup(line, measure, whole)
                }
                heats={heats}
                findings={grouping === 'node' ? marks.get(line.nodeId) : undefined}
                isMatch={matches === undefined ? undefined : line.nodes.some(({ id }) => matches.has(id))}
                selected={item.index === selectedIndex}
                onSelect={(nodeId) => onChange({ selectedId: nodeId })}
                onToggle={props.onToggle}
              />
            )
          })}
        </div>
        <GridFooter {...props} template={template} rowIndex={lines.length + 2} />
      </div>
    </div>
  )
}

function mostOf(lines: readonly GridLine[], column: GridColumn, scope: FigureScope): number {
  return lines.reduce((most, line) => Math.max(most, readFigure(line, column, scope) ?? 0), 0)
}

function shareOfGroup(line: GridLine, measure: Measure | undefined, whole: number): NodeShare | undefined {
  if (measure === undefined || whole <= 0 || !measure.additive) return undefined
  const own = line.nodes.reduce((sum, node) => sum + (measure.exclusive(node) ?? 0), 0)
  const share = Math.min(1, Math.max(0, own / whole))
  return { inclusive: share, exclusive: share, weight: weigh(share) }
}
