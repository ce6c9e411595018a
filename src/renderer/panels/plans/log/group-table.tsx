import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useRef } from 'react'
import type { PlanReference, StatementGroup } from '#shared/logs/index.ts'
import { formatCount, formatDuration } from '#shared/units/index.ts'

const rowPx = 28
const template = '84px 56px 76px 76px 76px 48px minmax(180px, 1fr)'

interface GroupTableProps {
  readonly groups: readonly StatementGroup[]
  readonly selected: string | undefined
  readonly onSelect: (fingerprint: string) => void
  readonly onOpen: (group: StatementGroup, plan: PlanReference) => void
}

const heads = [
  {
    id: 'total',
    title: 'Total',
    origin: 'all executions that the log tells the time of, parse and bind included',
  },
  { id: 'calls', title: 'Calls', origin: 'executions whose time was logged' },
  { id: 'mean', title: 'Mean', origin: 'time ÷ calls' },
  { id: 'p95', title: 'p95', origin: '95 of 100 took at most so long; right to about a twentieth' },
  { id: 'max', title: 'Max', origin: 'the slowest execution' },
  { id: 'plans', title: 'Plans', origin: 'plans that auto_explain logged' },
  { id: 'statement', title: 'Statement', origin: 'its shape: literals, lists and comments folded' },
] as const

/** Statements of a log, dearest first. Arrows walk, Enter opens the slowest plan. */
export function GroupTable({ groups, selected, onSelect, onOpen }: GroupTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: groups.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
  })
  const largestMs = groups[0]?.totalMs ?? 0

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = groups.findIndex((group) => group.fingerprint === selected)
    const group = groups[at]
    if (event.key === 'Enter' && group?.plans[0] !== undefined) {
      event.preventDefault()
      onOpen(group, group.plans[0])
      return
    }
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: groups.length - 1,
    }
    const to = moves[event.key]
    if (to === undefined) return
    event.preventDefault()
    const index = Math.min(Math.max(to, 0), groups.length - 1)
    const next = groups[index]
    if (next === undefined) return
    onSelect(next.fingerprint)
    virtual.scrollToIndex(index, { align: 'auto' })
  }

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Statements of the log"
      aria-rowcount={groups.length + 1}
      aria-colcount={heads.length}
      {...(selected === undefined ? {} : { 'aria-activedescendant': `group-${selected}` })}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
    >
      <div className="min-w-[640px]">
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
              className={head.id === 'statement' ? '' : 'text-right'}
            >
              {head.title}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const group = groups[item.index]
            if (group === undefined) return null
            const isSelected = group.fingerprint === selected
            return (
              <div
                key={group.fingerprint}
                id={`group-${group.fingerprint}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={isSelected}
                onClick={() => onSelect(group.fingerprint)}
                onDoubleClick={() => group.plans[0] !== undefined && onOpen(group, group.plans[0])}
                className={`absolute inset-x-0 grid items-center gap-x-2 border-line/60 border-b px-3 ${
                  isSelected ? 'bg-surface-3' : 'hover:bg-surface-2'
                }`}
                style={{ gridTemplateColumns: template, top: item.start, height: rowPx }}
              >
                <div role="gridcell" className="relative text-right">
                  <span
                    aria-hidden
                    className="absolute inset-y-[5px] right-0 rounded-sm bg-accent opacity-20"
                    style={{ width: `${largestMs === 0 ? 0 : (group.totalMs / largestMs) * 100}%` }}
                  />
                  <span className="relative">{formatDuration(group.totalMs)}</span>
                </div>
                <Cell text={formatCount(group.calls)} />
                <Cell text={group.calls === 0 ? '' : formatDuration(group.meanMs)} />
                <Cell text={group.calls === 0 ? '' : formatDuration(group.p95Ms)} />
                <Cell text={group.calls === 0 ? '' : formatDuration(group.maxMs)} />
                <Cell text={group.planCount === 0 ? '' : formatCount(group.planCount)} />
                <div
                  role="gridcell"
                  className="min-w-0 truncate font-mono text-sm"
                  title={group.text.slice(0, 2_000)}
                >
                  {group.text.slice(0, 400)}
                </div>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

function Cell({ text }: { readonly text: string }) {
  return (
    <div role="gridcell" className="truncate text-right">
      {text}
    </div>
  )
}
