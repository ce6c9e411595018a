import { describe, expect, it } from 'vitest'
import { chartToSvg } from '#renderer/charts/export/to-svg.ts'
import { chartToTsv } from '#renderer/charts/export/to-tsv.ts'
import type { ChartSpec } from '#renderer/charts/model.ts'

const stays = () => () => undefined
const spec = (changes: Partial<ChartSpec> = {}): ChartSpec => ({
  label: 'Load by <who>',
  series: [
    { key: 'CPU', label: 'CPU', colour: '--wait-cpu' },
    { key: 'Lock', label: 'Lock & more', colour: '--wait-lock' },
  ],
  source: {
    read: () => ({
      atMs: [0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000],
      values: [
        [1, 2, null, null, null, 3, 1],
        [0, 1, null, null, null, 0, 2],
      ],
    }),
    subscribe: stays,
  },
  shape: 'stack',
  format: (value) => `${value} sessions`,
  range: { get: () => ({ fromMs: 0, toMs: 6_000 }), subscribe: stays },
  pointer: { get: () => undefined, set: () => undefined, subscribe: stays },
  provenance: { source: 'pg_stat_activity' },
  ...changes,
})
const look = {
  width: 300,
  height: 120,
  colour: (token: string) => (token === '--wait-cpu' ? '#00ff00' : '#333333'),
}

describe('a chart as a picture', () => {
  it('has its name, its series and its scale, in a document of its own', () => {
    const svg = chartToSvg(spec(), look)
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="300" height="120"/)
    expect(svg).toContain('Load by &lt;who&gt;')
    expect(svg).toContain('Lock &amp; more')
    expect(svg).toContain('3 sessions')
    expect(svg).not.toContain('var(')
  })

  it('breaks its areas at gaps', () => {
    expect(chartToSvg(spec(), look).match(/<polygon [^>]*fill="#00ff00"/g)).toHaveLength(2)
  })

  it('has the level that it is compared with, as on screen', () => {
    expect(chartToSvg(spec({ level: { value: 2, label: '2 cores' } }), look)).toContain('>2 cores</text>')
    expect(chartToSvg(spec({ level: { value: 60, label: '60 cores' } }), look)).not.toContain('60 cores')
  })

  it('draws lines where it is one of lines', () => {
    const svg = chartToSvg(spec({ shape: 'lines' }), look)
    expect(svg).toContain('<polyline')
    expect(svg).not.toContain('<polygon')
  })
})

describe('a chart as figures', () => {
  it('is one line a moment within the range, with nothing in gaps', () => {
    const text = chartToTsv(
      spec({ range: { get: () => ({ fromMs: 1_000, toMs: 2_500 }), subscribe: stays } }),
    )
    expect(text.split('\n')).toEqual([
      'time\tCPU\tLock & more',
      '1970-01-01T00:00:01.000Z\t2\t1',
      '1970-01-01T00:00:02.000Z\t\t',
    ])
  })
})
