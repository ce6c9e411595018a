import { Flag } from 'lucide-react'
import { useState } from 'react'
import { formatClock } from '#renderer/charts/index.ts'
import { Popover } from '#renderer/kit/index.ts'
import { setRange } from '#renderer/state/index.ts'
import type { Marker, MarkerKind } from '#shared/session/index.ts'
import { formatCount } from '#shared/units/index.ts'
import { countKinds, hiddenAtFirst } from './count-kinds.ts'
import { MarkerKinds } from './marker-kinds.tsx'
import { MarkerSign } from './marker-sign.tsx'
import { describeMarker, detailsOfMarker } from './place-markers.ts'

/** Newest first; more than these are found by time. */
const mostListed = 300
/** Around a moment. */
const aroundMs = 15_000

/** All marks in words, for the keyboard and for those who look for one: each leads to its time. */
export function MarkerList({ markers }: { readonly markers: readonly Marker[] }) {
  return (
    <Popover
      label="Marks of the session"
      align="end"
      className="flex w-110 flex-col"
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
      {markers.length === 0 ? (
        <p className="p-2 text-ink-2">Nothing has happened that is worth a mark.</p>
      ) : (
        <Listed markers={markers} />
      )}
    </Popover>
  )
}

function Listed({ markers }: { readonly markers: readonly Marker[] }) {
  const counts = countKinds(markers)
  const [chosen, setChosen] = useState<ReadonlySet<MarkerKind>>()
  const hidden = chosen ?? hiddenAtFirst(counts)
  const listed = markers.filter(({ kind }) => !hidden.has(kind))
  const newest = listed.toReversed().slice(0, mostListed)
  return (
    <>
      {counts.size > 1 && <MarkerKinds counts={counts} hidden={hidden} onHide={setChosen} />}
      <ul aria-label="Marks, newest first" className="min-h-0 flex-1 overflow-auto p-1">
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
              <span className="min-w-0 flex-1 break-words">
                {describeMarker(marker)}
                {detailsOfMarker(marker).map((line) => (
                  <span key={line} className="block font-mono text-ink-2 text-xs">
                    {line}
                  </span>
                ))}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {listed.length > newest.length && (
        <p className="shrink-0 border-line border-t px-3 py-1 text-ink-3 text-xs">
          The newest {formatCount(newest.length)} of {formatCount(listed.length)}; earlier ones are on the
          timeline.
        </p>
      )}
    </>
  )
}
