import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useRef } from 'react'
import type { PlanNode } from '#shared/plan/index.ts'
import { formatCountShort, formatDuration, formatFactor } from '#shared/units/index.ts'
import type { CompareRow } from './compare-rows.ts'

const rowPx = 28
const template = 'minmax(180px, 2fr) 68px 68px 84px 108px 104px minmax(120px, 1.4fr)'

interface CompareTableProps {
  readonly rows: readonly CompareRow[]
  readonly selectedKey: string | undefined
  readonly onSelect: (key: string) => void
}

const heads = [
  { id: 'node', title: 'Node', origin: 'of the plan after; what is gone is struck out', numeric: false },
  { id: 'before', title: 'Before', origin: 'own elapsed time in the plan before', numeric: true },
  { id: 'after', title: 'After', origin: 'own elapsed time in the plan after', numeric: true },
  { id: 'change', title: 'Change', origin: 'own time after less before', numeric: true },
  { id: 'rows', title: 'Rows', origin: 'rows that came: before → after', numeric: true },
  {
    id: 'misestimate',
    title: 'Misestimate',
    origin: 'rows that came ÷ rows expected, or the reverse: before → after',
    numeric: true,
  },
  {
    id: 'changes',
    title: 'What changed',
    origin: 'shape, index, conditions, estimates, workers, spills',
    numeric: false,
  },
] as const

/** Both plans as one table; arrows walk it. */
export function CompareTable({ rows, selectedKey, onSelect }: CompareTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
  })
  const largestMs = rows.reduce(
    (most, { pair, before, after }) =>
      Math.max(most, Math.abs(changeOf(pair?.exclusiveMsChange, before, after) ?? 0)),
    0,
  )

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = rows.findIndex((row) => row.key === selectedKey)
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: at + 12,
      PageUp: at - 12,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const index = Math.min(Math.max(to, 0), rows.length - 1)
    const row = rows[index]
    if (row === undefined) return
    onSelect(row.key)
    virtual.scrollToIndex(index, { align: 'auto' })
  }

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Nodes of both plans"
      aria-rowcount={rows.length + 1}
      aria-colcount={heads.length}
      {...(selectedKey === undefined ? {} : { 'aria-activedescendant': `compare-${selectedKey}` })}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
    >
      <div className="min-w-[780px]">
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-10 grid h-[26px] items-center gap-x-2 border-line border-b bg-surface-1 px-3 text-ink-3 text-xs"
          style={{ gridTemplateColumns: template }}
        >
          {heads.map((head) => (
            <span
              key={head.id}
              role="columnheader"
              title={head.origin}
              className={head.numeric ? 'text-right' : ''}
            >
              {head.title}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            return (
              <div
                key={row.key}
                id={`compare-${row.key}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={row.key === selectedKey}
                onClick={() => onSelect(row.key)}
                className={`absolute inset-x-0 grid items-center gap-x-2 border-line/60 border-b px-3 ${
                  row.key === selectedKey ? 'bg-surface-3' : 'hover:bg-surface-2'
                }`}
                style={{ gridTemplateColumns: template, top: item.start, height: rowPx }}
              >
                <NodeCell row={row} />
                <Figure value={time(row.before)} />
                <Figure value={time(row.after)} />
                <ChangeCell row={row} largestMs={largestMs} />
                <Figure
                  value={both(
                    row,
                    (node) => node.totalRows ?? node.planRows,
                    (rows) => formatCountShort(Math.round(rows)),
                  )}
                />
                <Figure value={both(row, (node) => node.misestimate?.factor, formatFactor)} />
                <div role="gridcell" className="min-w-0 truncate text-ink-2" title={describe(row)}>
                  {describe(row)}
                </div>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

const surenessWords = {
  sure: '',
  likely: 'likely the same job: most of what is told of both agrees',
  guess: 'paired by place alone',
} as const

function NodeCell({ row }: { readonly row: CompareRow }) {
  const node = row.after ?? row.before
  const mark =
    row.after === undefined ? '−' : row.before === undefined ? '+' : row.pair?.reshaped === true ? '≠' : ''
  const words =
    row.after === undefined
      ? 'gone'
      : row.before === undefined
        ? 'new'
        : row.pair?.reshaped === true
          ? 'replaced'
          : 'the same'
  return (
    <div
      role="gridcell"
      className="flex min-w-0 items-center gap-1.5"
      style={{ paddingLeft: Math.min(row.depth, 24) * 12 }}
    >
      <span title={words} className="w-3 shrink-0 text-center font-mono text-accent">
        <span aria-hidden>{mark}</span>
        <span className="sr-only">{words}</span>
      </span>
      <span
        className={`min-w-0 truncate ${row.after === undefined ? 'text-ink-3 line-through' : ''}`}
        title={node?.title.text}
      >
        {node?.title.text}
      </span>
      {row.pair !== undefined && row.pair.sureness !== 'sure' && (
        <span title={surenessWords[row.pair.sureness]} className="shrink-0 text-ink-3 text-xs">
          {row.pair.sureness === 'likely' ? 'likely' : 'a guess'}
        </span>
      )}
    </div>
  )
}

function Figure({ value }: { readonly value: string }) {
  return (
    <div role="gridcell" className="min-w-0 truncate text-right">
      {value}
    </div>
  )
}

const time = (node: PlanNode | undefined): string =>
  node?.exclusiveMs === undefined
    ? node?.neverExecuted === true
      ? 'never ran'
      : ''
    : formatDuration(node.exclusiveMs)

function both(
  row: CompareRow,
  read: (node: PlanNode) => number | undefined,
  format: (figure: number) => string,
): string {
  const [a, b] = [row.before && read(row.before), row.after && read(row.after)].map((figure) =>
    figure === undefined ? undefined : format(figure),
  )
  if (a === b) return a ?? ''
  return row.before === undefined || row.after === undefined ? (a ?? b ?? '') : `${a ?? '–'} → ${b ?? '–'}`
}

/** What a line adds to the difference: a node that is gone took its time along. */
export function changeOf(
  pairMs: number | undefined,
  before: PlanNode | undefined,
  after: PlanNode | undefined,
): number | undefined {
  if (pairMs !== undefined) return pairMs
  if (before !== undefined && after !== undefined) return undefined
  if (after?.exclusiveMs !== undefined) return after.exclusiveMs
  return before?.exclusiveMs === undefined ? undefined : 0 - before.exclusiveMs
}

function ChangeCell({ row, largestMs }: { readonly row: CompareRow; readonly largestMs: number }) {
  const ms = changeOf(row.pair?.exclusiveMsChange, row.before, row.after)
  if (ms === undefined || largestMs === 0) return <div role="gridcell" />
  const share = Math.abs(ms) / largestMs
  return (
    <div role="gridcell" className="relative text-right" title={`${ms.toFixed(3)} ms`}>
      <span
        aria-hidden
        className={`absolute inset-y-[5px] right-0 rounded-sm opacity-30 ${ms > 0 ? 'bg-bad' : 'bg-ok'}`}
        style={{ width: `${share * 100}%` }}
      />
      <span className="relative">
        {ms > 0 ? '+' : ms < 0 ? '−' : ''}
        {formatDuration(Math.abs(ms))}
      </span>
    </div>
  )
}

function describe({ pair, before, after }: CompareRow): string {
  if (pair !== undefined) return pair.changes.map((change) => change.text).join(' · ')
  return after === undefined ? `gone: ${before?.nodeType ?? ''}` : `new: ${after.nodeType}`
}
