import { describe, expect, it } from 'vitest'
import { formatSpan } from '#renderer/state/format-span.ts'
import { mergeMarkers } from '#renderer/state/merge-markers.ts'
import type { Marker } from '#shared/session/index.ts'

const gap = (atMs: number, endedAtMs?: number): Marker => ({
  kind: 'gap',
  atMs,
  label: 'gap',
  ...(endedAtMs === undefined ? {} : { endedAtMs }),
})

describe('markers of a session', () => {
  it('are one list in order of time, with none twice', () => {
    expect(mergeMarkers([gap(30, 40)], [gap(10, 20), gap(30, 40)]).map(({ atMs }) => atMs)).toEqual([10, 30])
  })

  it('are all there where several of a kind began at one moment', () => {
    const added = (label: string): Marker => ({ kind: 'ddl', atMs: 10, label })
    const marks = mergeMarkers([added('table a came'), added('table b came')], [added('table c came')])
    expect(marks.map(({ label }) => label)).toEqual(['table a came', 'table b came', 'table c came'])
  })

  it('get their end when it is told', () => {
    expect(mergeMarkers([gap(10)], [gap(10, 25)])).toEqual([gap(10, 25)])
    expect(mergeMarkers([gap(10, 25)], [gap(10)])).toEqual([gap(10, 25)])
  })
})

describe('the span of a range', () => {
  it('is told in round words', () => {
    expect([12_400, 120_000, 5_400_000, 195_300].map(formatSpan)).toEqual([
      '12.4 s',
      '2 min',
      '1 h 30 min',
      '3 min 15 s',
    ])
  })
})
