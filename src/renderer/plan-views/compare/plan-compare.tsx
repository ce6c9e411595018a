import { ArrowLeftRight, TrendingDown, TrendingUp, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Button, Checkbox, CopyButton, EmptyState, IconButton, useBox } from '#renderer/kit/index.ts'
import { comparePlans, type FigureChange } from '#shared/plan/index.ts'
import { formatBytes, formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanDocument } from '../document.ts'
import { buildCompareRows, type CompareRow, isChanged, titleOfRow } from './compare-rows.ts'
import { CompareTable } from './compare-table.tsx'

/** A plan and what it is called. */
interface NamedPlan {
  readonly document: PlanDocument
  readonly name: string
}

interface PlanCompareProps {
  readonly before: NamedPlan
  readonly after: NamedPlan
  readonly redacted: boolean
  /** Nodes of the selected line; undefined where a plan does not have it. */
  readonly onSelect: (ids: {
    readonly before: number | undefined
    readonly after: number | undefined
  }) => void
  readonly onSwap: () => void
  readonly onClose: () => void
}

/** Lower than this, the table would be left with a few lines. */
const lowPx = 520

/** Two plans of one question: a verdict, the figures, and what changed node by node. */
export function PlanCompare({ before, after, redacted, onSelect, onSwap, onClose }: PlanCompareProps) {
  const { blockBytes } = after.document
  const comparison = useMemo(
    () => comparePlans(before.document.plan, after.document.plan, { blockBytes }),
    [before.document, after.document, blockBytes],
  )
  const rows = useMemo(
    () => buildCompareRows(before.document.plan, after.document.plan, comparison),
    [before.document, after.document, comparison],
  )
  const root = useRef<HTMLElement>(null)
  const { height } = useBox(root)
  const isLow = height > 0 && height < lowPx
  // What opened it is gone: the keyboard goes on in the table.
  useEffect(() => root.current?.querySelector<HTMLElement>('[role="grid"]')?.focus(), [])
  const [onlyChanged, setOnlyChanged] = useState(false)
  const [selectedKey, setSelectedKey] = useState<string>()
  const listed = onlyChanged ? rows.filter(isChanged) : rows
  const selected = rows.find((row) => row.key === selectedKey)
  const select = (key: string): void => {
    setSelectedKey(key)
    const row = rows.find((one) => one.key === key)
    onSelect({ before: row?.before?.id, after: row?.after?.id })
  }
  const Icon = comparison.verdict === 'slower' ? TrendingUp : TrendingDown
  const tone = { faster: 'text-ok', slower: 'text-bad', same: 'text-ink-3', unknown: 'text-ink-3' }[
    comparison.verdict
  ]
  return (
    <section
      ref={root}
      aria-label="Comparison"
      className="flex h-full min-h-0 flex-1 flex-col bg-surface-1"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      <header className="flex flex-col gap-1 border-line border-b px-3 py-2">
        <div className="flex items-center gap-2">
          <Icon size={18} aria-hidden className={`shrink-0 ${tone}`} />
          <h2 className="min-w-0 flex-1 text-balance font-semibold text-md">{comparison.verdictLine}</h2>
          <CopyButton text={comparison.verdictLine} label="Copy the verdict" />
          <Button variant="quiet" icon={ArrowLeftRight} onClick={onSwap}>
            Swap
          </Button>
          <IconButton icon={X} label="Close the comparison" keys="escape" onClick={onClose} />
        </div>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)_auto_minmax(0,1fr)] gap-x-2 text-ink-2">
          <dt className="text-ink-3">before</dt>
          <dd className="truncate" title={before.name}>
            {before.name}
          </dd>
          <dt className="pl-2 text-ink-3">after</dt>
          <dd className="truncate" title={after.name}>
            {after.name}
          </dd>
        </dl>
        {redacted && <p className="text-ink-3 text-sm">Names and values of both plans are replaced here.</p>}
        {comparison.cautions.length > 0 && (
          <p className="flex flex-wrap gap-x-3 text-sm text-warn">
            {comparison.cautions.map((caution) => (
              <span key={caution}>{caution}</span>
            ))}
          </p>
        )}
      </header>
      <dl className={`flex shrink-0 flex-wrap gap-x-6 border-line border-b px-3 ${isLow ? 'py-1' : 'py-2'}`}>
        {comparison.figures.filter(isToldApart).map((figure) => (
          <Figure key={figure.id} figure={figure} isLow={isLow} />
        ))}
      </dl>
      <div className="flex items-center gap-4 border-line border-b px-3 py-1">
        <Checkbox checked={onlyChanged} onChange={setOnlyChanged}>
          Only what changed
        </Checkbox>
        <span className="text-ink-3 text-sm" role="status">
          {comparison.sameShape ? 'The same shape' : describeShape(rows)}
        </span>
      </div>
      {listed.length === 0 ? (
        <EmptyState title="Nothing changed">
          Both plans agree node by node, beyond the noise of timing.
        </EmptyState>
      ) : (
        <CompareTable rows={listed} selectedKey={selectedKey} onSelect={select} />
      )}
      {selected !== undefined && <Details row={selected} />}
    </section>
  )
}

function describeShape(rows: readonly CompareRow[]): string {
  const count = (test: (row: CompareRow) => boolean): number => rows.filter(test).length
  const replaced = count((row) => row.pair?.reshaped === true)
  const gone = count((row) => row.after === undefined)
  const come = count((row) => row.before === undefined)
  return [
    ...(replaced > 0 ? [`${formatCount(replaced)} replaced`] : []),
    ...(gone > 0 ? [`${formatCount(gone)} gone`] : []),
    ...(come > 0 ? [`${formatCount(come)} new`] : []),
  ].join(' · ')
}

const formats: Readonly<Record<FigureChange['unit'], (figure: number) => string>> = {
  ms: formatDuration,
  bytes: formatBytes,
  rows: formatCount,
  cost: (cost) => formatCount(Math.round(cost)),
}

/** Nothing in both is nothing to compare. */
const isToldApart = ({ before, after }: FigureChange): boolean => before !== 0 || after !== 0

interface FigureProps {
  readonly figure: FigureChange
  /** Little room: the name beside the figure. */
  readonly isLow: boolean
}

function Figure({ figure, isLow }: FigureProps) {
  const format = formats[figure.unit]
  const [a, b] = [format(figure.before), format(figure.after)]
  return (
    <div
      className={isLow ? 'flex flex-row-reverse items-baseline gap-1.5' : 'flex flex-col-reverse'}
      title={`${figure.before} → ${figure.after}`}
    >
      <dt className="text-ink-3 text-xs">{figure.label}</dt>
      <dd className="select-text font-semibold text-md">{a === b ? a : `${a} → ${b}`}</dd>
    </div>
  )
}

/** All that changed in one pair, in full. */
function Details({ row }: { readonly row: CompareRow }) {
  const changes = row.pair?.changes ?? []
  return (
    <div className="max-h-40 shrink-0 overflow-auto border-line border-t px-3 py-2" tabIndex={0}>
      <p className="font-semibold">{titleOfRow(row)}</p>
      {changes.length === 0 ? (
        <p className="text-ink-2">
          {row.pair === undefined
            ? 'Only one of the two plans has this node.'
            : 'The same in both, but for its time.'}
        </p>
      ) : (
        <ul className="select-text font-mono text-sm">
          {changes.map((change) => (
            <li key={change.text} className="whitespace-pre-wrap break-words">
              {change.text}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
