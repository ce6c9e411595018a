import { Flag } from 'lucide-react'
import { formatClock } from '#renderer/charts/index.ts'
import { Popover } from '#renderer/kit/index.ts'
import { setRange } from '#renderer/state/index.ts'
import type { Marker } from '#shared/session/index.ts'
import { formatCount } from '#shared/units/index.ts'
import { MarkerSign } from './marker-sign.tsx'
import { describeMarker } from './place-markers.ts'

/** Newest first; more than these are found by time. */
const mostListed = 300
/** Around a moment. */
const aroundMs = 15_000

/** All marks in words, for the keyboard and for those who look for one: each leads to its time. */
export function MarkerList({ markers }: { readonly markers: readonly Marker[] }) {
  const newest = markers.toReversed().slice(0, mostListed)
  return (
    <Popover
      label="Marks of the session"
      align="end"
      className="w-110 p-1"
      trigger={
        <button
          type="button"
          className="flex items-center gap-1 rounded-sm px-1 text-ink-2 hover:bg-surface-3 hover:text-ink"
        >
          <Flag size={11} aria-hidden />
          {formatCount(markers.length)} {markers.length === 1 ? 'mark' : 'marks'}
        </button>
      }
    >
      {newest.length === 0 ? (
        <p className="p-2 text-ink-2">Nothing has happened that is worth a mark.</p>
      ) : (
        <ul aria-label="Marks, newest first">
          {newest.map((marker) => (
            <li key={`${marker.kind} ${marker.atMs} ${marker.label}`}>
              <button
                type="button"
                title={`Show ${formatClock(marker.atMs, 1_000)} and around`}
                onClick={() =>
                  setRange({
                    fromMs: marker.atMs - aroundMs,
                    toMs: (marker.endedAtMs ?? marker.atMs) + aroundMs,
                  })
                }
                className="flex w-full items-baseline gap-2 rounded-sm px-2 py-0.5 text-left hover:bg-surface-3"
              >
                <MarkerSign kind={marker.kind} />
                <span className="min-w-0 flex-1 break-words">{describeMarker(marker)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  )
}
