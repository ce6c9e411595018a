import type { KeyboardEvent, PointerEvent } from 'react'
import type { LockMoments } from '#shared/contract/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import { showMoment } from './step-moment.ts'

const heightPx = 28

/** How many waited over the range; a click, a drag or an arrow looks at another moment of it. */
export function WaiterStrip({
  moments,
  atMs,
}: {
  readonly moments: LockMoments | undefined
  readonly atMs: EpochMs | undefined
}) {
  if (moments === undefined) return <div className="h-9 shrink-0 border-line border-b" />
  const { buckets, waiters } = moments
  const most = Math.max(1, ...waiters.map((count) => count ?? 0))
  const spanMs = buckets.count * buckets.stepMs
  const scrub = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const clickedMs = buckets.fromMs + ((event.clientX - box.left) / box.width) * spanMs
    // The moment at which somebody waited is what one aims at.
    const near = moments.moments.filter((moment) => Math.abs(moment.atMs - clickedMs) <= spanMs / 60)
    const nearest = near.toSorted((a, b) => Math.abs(a.atMs - clickedMs) - Math.abs(b.atMs - clickedMs))[0]
    showMoment(clamp(nearest?.atMs ?? clickedMs))
  }
  const clamp = (ms: EpochMs) => Math.max(buckets.fromMs, Math.min(buckets.fromMs + spanMs, ms))
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by === undefined || atMs === undefined) return
    event.preventDefault()
    showMoment(clamp(atMs + by * buckets.stepMs))
  }
  const said = moments.moments.length === 0 ? 'nobody waited' : `waiting, ${most} at most`
  return (
    <button
      type="button"
      aria-label={`${said}: processes that wait for a lock, over the range. Click, or drag, to look at a moment.`}
      title="Processes that wait for a lock, over the range. Click, or drag, to look at a moment; the range stays."
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        scrub(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) scrub(event)
      }}
      onKeyDown={onKeyDown}
      className="relative flex h-9 shrink-0 items-end border-line border-b bg-surface-1 px-0 pt-1 focus-visible:-outline-offset-2"
    >
      <svg
        aria-hidden="true"
        className="h-7 w-full"
        preserveAspectRatio="none"
        viewBox={`0 0 ${buckets.count} ${heightPx}`}
      >
        {waiters.map((count, index) =>
          count === 0 ? null : (
            <rect
              key={buckets.fromMs + index * buckets.stepMs}
              x={index}
              width={1}
              y={count === null ? 0 : heightPx - (count / most) * heightPx}
              height={count === null ? heightPx : (count / most) * heightPx}
              fill={count === null ? 'var(--surface-0)' : 'var(--wait-lock)'}
            />
          ),
        )}
        {atMs !== undefined && (
          <line
            x1={Math.min(buckets.count, (atMs - buckets.fromMs) / buckets.stepMs)}
            x2={Math.min(buckets.count, (atMs - buckets.fromMs) / buckets.stepMs)}
            y1={0}
            y2={heightPx}
            stroke="var(--ink)"
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
      <span className="absolute top-0.5 left-2 rounded-sm bg-surface-1 px-1 text-ink-2 text-xs">{said}</span>
    </button>
  )
}
