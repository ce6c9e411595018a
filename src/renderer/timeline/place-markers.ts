import { formatClock } from '#renderer/charts/index.ts'
import type { TimeRange } from '#shared/series/index.ts'
import { type Marker, statementsOfMarker } from '#shared/session/index.ts'
import { formatDuration } from '#shared/units/index.ts'
import { markerLooks } from './marker-looks.ts'

/** Marks that share a place on the timeline. */
export interface PlacedMarkers {
  readonly xPx: number
  /** In order of time; never empty. */
  readonly markers: readonly Marker[]
}

/** Marks nearer than this would lie on each other. */
const leastPx = 9

/** Where marks are drawn: those that would lie on each other are one. Spans that are shaded (gaps) have no place here. */
export function placeMarkers(
  markers: readonly Marker[],
  view: TimeRange,
  widthPx: number,
): readonly PlacedMarkers[] {
  const pxPerMs = widthPx / (view.toMs - view.fromMs)
  const places: { readonly xPx: number; readonly markers: Marker[] }[] = []
  for (const marker of markers) {
    if (markerLooks[marker.kind].shape === 'shade') continue
    const xPx = (marker.atMs - view.fromMs) * pxPerMs
    if (xPx < 0 || xPx > widthPx) continue
    const last = places.at(-1)
    if (last !== undefined && xPx - last.xPx < leastPx) last.markers.push(marker)
    else places.push({ xPx, markers: [marker] })
  }
  return places
}

/** The one that matters most, of several in one place. */
export function weightiest(markers: readonly Marker[]): Marker | undefined {
  return markers.reduce<Marker | undefined>(
    (best, marker) =>
      best === undefined || markerLooks[marker.kind].weight > markerLooks[best.kind].weight ? marker : best,
    undefined,
  )
}

/** The place under the pointer. */
export function markersAt(places: readonly PlacedMarkers[], xPx: number): PlacedMarkers | undefined {
  return places.find((place) => Math.abs(place.xPx - xPx) <= leastPx / 2 + 1)
}

/** The gap that a moment lies in. */
export function gapAt(markers: readonly Marker[], atMs: number): Marker | undefined {
  return markers.find(
    ({ kind, atMs: fromMs, endedAtMs }) =>
      kind === 'gap' && fromMs <= atMs && atMs <= (endedAtMs ?? Number.POSITIVE_INFINITY),
  )
}

/** `12:07:04 · Checkpoint, for 1.2 s: timed, 812 buffers` */
export function describeMarker({ kind, atMs, endedAtMs, label }: Marker): string {
  const { name } = markerLooks[kind]
  const length =
    endedAtMs === undefined || endedAtMs - atMs < 1
      ? ''
      : `, for ${formatDuration(Math.round(endedAtMs - atMs))}`
  // Some labels begin with what they are.
  const words = label.toLowerCase().startsWith(name.toLowerCase()) ? label : `${name}${length}: ${label}`
  const told = label.toLowerCase().startsWith(name.toLowerCase()) ? `${words}${length}` : words
  return `${formatClock(atMs, 1_000)} · ${told}`
}

/** A circle of more has its first ones told. */
const mostStatements = 4

/** What stands below a mark's line: of a deadlock the statements that waited for each other. */
export function detailsOfMarker(marker: Marker): readonly string[] {
  const statements = statementsOfMarker(marker)
  const told = statements.slice(0, mostStatements).map(({ pid, statement }) => `${pid}: ${statement}`)
  return statements.length > told.length ? [...told, `and ${statements.length - told.length} more`] : told
}
