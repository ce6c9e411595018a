import { ChevronDown, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react'
import { classes } from '#renderer/kit/index.ts'
import { usePreference } from '#renderer/state/index.ts'
import { waitClassToken } from '#renderer/theme/index.ts'
import { formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import { buildStrip, type RunWaits, type WaitStrip as Strip, summariseWaits } from '#shared/waits/index.ts'
import type { WaitSlotProps } from '../slots.ts'
import { listRemarks } from './remarks.ts'
import { laneGapPx, lanePx, StripCanvas } from './strip-canvas.tsx'
import { describeMoment, laneName, stepSample, waitsSoFar } from './strip-view.ts'

/** Lines of the legend; what is rarer is in the hover text. */
const legendLines = 5

type WaitStripProps = WaitSlotProps & {
  /** Little room: the totals in one line, until more is asked for. */
  readonly isLow: boolean
}

/** What the run's processes were doing while it ran: CPU and waits over its time, with totals by wait event. */
export function WaitStrip(props: WaitStripProps) {
  const isLive = 'live' in props
  const samples = isLive ? props.live.samples : props.run.waits.samples
  const elapsedMs = isLive ? props.live.progress.elapsedMs : props.run.timings.elapsedMs
  const stored = isLive ? undefined : props.run.waits
  const waits = useMemo(() => stored ?? waitsSoFar(samples, liveHz), [stored, samples])
  const strip = useMemo(() => buildStrip(waits, elapsedMs), [waits, elapsedMs])
  const [open, setOpen] = usePreference('query.waits', !props.isLow, isFlag)

  return (
    <section
      aria-label="This run’s waits"
      className="@container flex shrink-0 flex-col gap-1 border-line border-t bg-surface-1 px-3 py-1"
    >
      <Legend strip={strip} waits={waits} isLive={isLive} open={open} onOpen={setOpen} />
      {open &&
        (strip.tooShort === undefined ? (
          <Lanes strip={strip} waits={waits} remarks={isLive ? [] : listRemarks(waits)} />
        ) : (
          <p className="flex flex-wrap justify-between gap-x-4 text-sm">
            <span className="text-ink-2">{isLive ? 'Sampling …' : strip.tooShort}</span>
            {!isLive && <span className="text-ink-2">{listRemarks(waits).join(' · ')}</span>}
          </p>
        ))}
    </section>
  )
}

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'

/** The sampling rate is not known to a window that only follows; it scales nothing but the largest gap drawn. */
const liveHz = 50

interface PartProps {
  readonly strip: Strip
  readonly waits: RunWaits
}

const briefChars = 60

interface LegendProps extends PartProps {
  readonly isLive: boolean
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
}

function Legend({ strip, waits, isLive, open, onOpen }: LegendProps) {
  const lines = useMemo(() => summariseWaits(waits.samples), [waits.samples])
  const told = strip.tooShort === undefined
  const rest = lines.slice(legendLines)
  return (
    <div className="flex min-h-5 items-center gap-x-3.5 overflow-hidden text-xs">
      <h3 className="shrink-0 font-semibold">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => onOpen(!open)}
          className="-ml-1 flex items-center gap-1 rounded-sm pr-1 hover:bg-surface-2"
        >
          {open ? <ChevronDown size={13} aria-hidden /> : <ChevronRight size={13} aria-hidden />}
          This run’s waits
        </button>
      </h3>
      {told && (
        <ul className={classes('flex min-w-0 gap-x-3.5 text-ink-2', open ? 'flex-wrap' : 'overflow-hidden')}>
          {lines.slice(0, legendLines).map((line) => (
            <li
              key={`${line.waitClass}:${line.waitEvent ?? ''}`}
              className="flex items-center gap-1.5 whitespace-nowrap"
              title={`${line.samples} of ${waits.samples.length} samples · pg_stat_activity`}
            >
              <span
                aria-hidden="true"
                className="size-[9px] rounded-sm"
                style={{ background: `var(${waitClassToken[line.waitClass]})` }}
              />
              {line.waitClass}
              {line.waitEvent === undefined ? '' : ` · ${line.waitEvent}`} {formatPercent(line.share)}
            </li>
          ))}
          {rest.length > 0 && (
            <li
              title={rest
                .map((line) => `${line.waitEvent ?? line.waitClass} ${formatPercent(line.share)}`)
                .join(', ')}
            >
              and {rest.length} more
            </li>
          )}
        </ul>
      )}
      {/* Where room is short it goes to what was seen; the inspector tells how often anybody looked. */}
      <span
        className={classes('ml-auto whitespace-nowrap text-ink-3', told && '@max-3xl:hidden')}
        title={cost(waits)}
      >
        {isLive ? `${count(waits.ticks, 'sample')} so far` : describeSampling(strip, waits)}
      </span>
    </div>
  )
}

function count(many: number, what: string): string {
  return `${formatCount(many)} ${what}${many === 1 ? '' : 's'}`
}

function describeSampling(strip: Strip, waits: RunWaits): string {
  const lanes = strip.lanes.length
  const processes = lanes === 0 ? '' : ` × ${lanes} ${lanes === 1 ? 'process' : 'processes'}`
  return `${count(waits.ticks, 'sample')}${processes} at ${formatCount(waits.requestedHz)} Hz`
}

function cost(waits: RunWaits): string {
  const skipped = waits.skippedTicks === 0 ? '' : `, ${waits.skippedTicks} late ticks skipped`
  return `Watching took the server ${formatDuration(waits.observerQueryMs)} in all, on a second connection${skipped}`
}

function Lanes({ strip, waits, remarks }: PartProps & { readonly remarks: readonly string[] }) {
  const [cursor, setCursor] = useState<{ readonly atMs: number; readonly lane: number }>()
  const rowPx = lanePx + laneGapPx

  const point = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1)
    const lane = Math.min(Math.max(Math.floor((event.clientY - box.top) / rowPx), 0), strip.lanes.length - 1)
    setCursor({ atMs: share * strip.elapsedMs, lane })
  }

  const step = (event: KeyboardEvent) => {
    const at = cursor ?? { atMs: 0, lane: 0 }
    const moves: Record<string, () => typeof at> = {
      ',': () => ({ ...at, atMs: stepSample(waits.samples, at.atMs, -1) }),
      '.': () => ({ ...at, atMs: stepSample(waits.samples, at.atMs, 1) }),
      ArrowLeft: () => ({ ...at, atMs: stepSample(waits.samples, at.atMs, -1) }),
      ArrowRight: () => ({ ...at, atMs: stepSample(waits.samples, at.atMs, 1) }),
      ArrowUp: () => ({ ...at, lane: Math.max(at.lane - 1, 0) }),
      ArrowDown: () => ({ ...at, lane: Math.min(at.lane + 1, strip.lanes.length - 1) }),
    }
    const move = moves[event.key]
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    setCursor(move())
  }

  const told = remarks.join(' · ')
  // A lock's holder is worth a line; a count of bytes stands beside the moment.
  const isBrief = told.length < briefChars
  const lane = cursor === undefined ? undefined : strip.lanes[cursor.lane]
  const words =
    cursor === undefined || lane === undefined
      ? `0 – ${formatDuration(strip.elapsedMs)}; point at a lane, or use , and . to step through the samples`
      : describeMoment(strip, lane, cursor.atMs)
  return (
    <>
      <div className="flex gap-2">
        <div aria-hidden="true" className="w-14 shrink-0 text-ink-3 text-xs">
          {strip.lanes.map((entry) => (
            <div key={entry.pid} style={{ height: rowPx, lineHeight: `${rowPx}px` }}>
              {laneName(strip, entry)}
            </div>
          ))}
        </div>
        <div
          role="slider"
          tabIndex={0}
          aria-label="Moment of the run"
          data-own-keys=", ."
          aria-valuemin={0}
          aria-valuemax={Math.round(strip.elapsedMs)}
          aria-valuenow={Math.round(cursor?.atMs ?? 0)}
          aria-valuetext={words}
          className="max-h-32 min-w-0 flex-1 overflow-y-auto"
          onPointerMove={point}
          onPointerLeave={() => setCursor(undefined)}
          onKeyDown={step}
        >
          <StripCanvas strip={strip} cursorMs={cursor?.atMs} />
        </div>
      </div>
      <p className="flex gap-4 pl-16 text-xs">
        <span className="min-w-0 flex-1 truncate text-ink-3">{words}</span>
        {isBrief && (
          <span className="min-w-0 truncate text-ink-2" title={remarks.join('\n')}>
            {told}
          </span>
        )}
      </p>
      {!isBrief && <p className="pl-16 text-ink-2 text-xs">{told}</p>}
    </>
  )
}
