import { describe, expect, it } from 'vitest'
import { markerLooks } from '#renderer/timeline/marker-looks.ts'
import {
  describeMarker,
  detailsOfMarker,
  gapAt,
  markersAt,
  placeMarkers,
  weightiest,
} from '#renderer/timeline/place-markers.ts'
import { type Marker, type MarkerKind, markerKinds } from '#shared/session/index.ts'

const marker = (kind: MarkerKind, atMs: number, rest: Partial<Marker> = {}): Marker => ({
  kind,
  atMs,
  label: 'so it was',
  ...rest,
})
const view = { fromMs: 0, toMs: 1_000 }

describe('marks on the timeline', () => {
  it('stand where they happened, and only in what is shown', () => {
    const places = placeMarkers([marker('ddl', -5), marker('ddl', 100), marker('ddl', 1_200)], view, 500)
    expect(places.map(({ xPx }) => xPx)).toEqual([50])
  })

  it('are one where they would lie on each other, and show the weightiest', () => {
    const places = placeMarkers(
      [marker('checkpoint', 100), marker('deadlock', 110), marker('ddl', 400)],
      view,
      500,
    )
    expect(places.map(({ markers }) => markers.length)).toEqual([2, 1])
    expect(weightiest(places[0]?.markers ?? [])?.kind).toBe('deadlock')
    expect(markersAt(places, 52)?.markers).toHaveLength(2)
    expect(markersAt(places, 120)).toBeUndefined()
  })

  it('leave gaps to the shading, which is found by its time', () => {
    const gap = marker('gap', 100, { endedAtMs: 300 })
    expect(placeMarkers([gap], view, 500)).toEqual([])
    expect(gapAt([gap], 200)).toBe(gap)
    expect(gapAt([gap], 301)).toBeUndefined()
  })

  it('are told with what they are, when, and for how long', () => {
    const atMs = new Date(2026, 10, 27, 12, 7, 4).getTime()
    expect(describeMarker(marker('ddl', atMs, { label: 'index orders_sku' }))).toBe(
      '12:07:04 · Schema changed: index orders_sku',
    )
    expect(
      describeMarker(marker('checkpoint', atMs, { label: 'Checkpoint, timed', endedAtMs: atMs + 1_200 })),
    ).toBe('12:07:04 · Checkpoint, timed, for 1.2 s')
    expect(
      describeMarker(marker('gap', atMs, { label: 'the server was away', endedAtMs: atMs + 3_000 })),
    ).toBe('12:07:04 · Gap, for 3 s: the server was away')
  })

  it('tell the statements of a deadlock below it', () => {
    const facts = { processes: '9, 10', 'statement of 10': 'update b', 'statement of 9': 'update a' }
    expect(detailsOfMarker(marker('deadlock', 0, { facts }))).toEqual(['9: update a', '10: update b'])
    expect(detailsOfMarker(marker('checkpoint', 0, { facts: { buffers: 3 } }))).toEqual([])
  })

  it('differ in shape where they share a colour', () => {
    const faces = markerKinds.map((kind) => `${markerLooks[kind].shape} ${markerLooks[kind].colour}`)
    const names = markerKinds.map((kind) => markerLooks[kind].name)
    expect(new Set(names).size).toBe(names.length)
    // Beginning and end of recording, and what broke, are told apart by their words.
    expect(new Set(faces).size).toBeGreaterThanOrEqual(faces.length - 2)
  })
})
