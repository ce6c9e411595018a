import { describe, expect, it } from 'vitest'
import { mix } from '#renderer/plan-views/canvas/mix.ts'
import { buildPalette } from '#renderer/plan-views/canvas/palette.ts'
import { createSvgPainter } from '#renderer/plan-views/canvas/svg-painter.ts'
import { pngRatio } from '#renderer/plan-views/canvas/to-png.ts'
import type { PlanDocument } from '#renderer/plan-views/document.ts'
import { exportFlameSvg } from '#renderer/plan-views/flame/export-flame.ts'
import { exportGraphSvg } from '#renderer/plan-views/graph/export-graph.ts'
import type { PlanViewState } from '#renderer/plan-views/view-state.ts'
import { derivePlan } from '#shared/plan/index.ts'
import { planOf } from '#tests/unit/shared/plan/plan-notation.ts'

const colours: Readonly<Record<string, string>> = {
  '--accent': '#6aa9ff',
  '--warn': '#e0b04a',
  '--bad': '#ef7a80',
}
const palette = buildPalette((name) => colours[name] ?? '#14181f')

const raw = planOf(
  `
  Nested Loop  ms=100 rows=4000
    Seq Scan on "a<b>&c"  ms=60 rows=4000 plan=4
    Index Scan on lines  ms=0.005 loops=4000
  `,
  { 'Execution Time': 104 },
)
const document: PlanDocument = {
  id: 'one',
  raw,
  plan: derivePlan(raw),
  findings: [],
  statement: undefined,
  blockBytes: 8_192,
}
const state: PlanViewState = {
  view: 'tree',
  selectedId: 0,
  measure: 'elapsed',
  search: '',
  collapsed: new Set(),
}

/** Tags that open and close in order: a document that a parser takes. */
function isWellFormed(svg: string): boolean {
  const open: string[] = []
  for (const [, closing, name, selfClosing] of svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)) {
    if (closing === '/') {
      if (open.pop() !== name) return false
    } else if (selfClosing !== '/') open.push(name ?? '')
  }
  return open.length === 0 && !/&(?!amp;|lt;|gt;|quot;)/.test(svg)
}

describe('a plan’s pictures as SVG', () => {
  it.each([
    ['graph', () => exportGraphSvg(document, state, palette)],
    ['icicle', () => exportFlameSvg(document, state, palette) ?? ''],
  ])('draws the whole %s as a document of its own', (_, draw) => {
    const svg = draw()
    expect(isWellFormed(svg)).toBe(true)
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(svg).toContain('Nested Loop')
    expect(svg).toContain('a&lt;b&gt;&amp;c')
    expect(svg).not.toMatch(/NaN|Infinity|undefined|href|<script|<style|url\(/)
  })

  it('writes rows over all lines, and offers nothing to click, of an append whose members are many', () => {
    const members = Array.from({ length: 40 }, (_, at) => `      Seq Scan on part_${at}  ms=1 rows=9000`)
    const many = planOf(['    Append  ms=50 rows=360000', ...members].join('\n'), { 'Execution Time': 52 })
    const svg = exportGraphSvg({ ...document, raw: many, plan: derivePlan(many) }, state, palette)
    expect(svg).toContain('more members')
    expect(svg).not.toContain('click')
    const lines = svg.slice(0, svg.search(/<text[^>]*>[^<]* rows</))
    const labels = svg.slice(svg.search(/ rows</))
    expect(lines.match(/<path d="M/g)?.length).toBeGreaterThan(2)
    expect(labels.match(/<path d="M/g)?.length).toBe(1)
  })

  it('tells each node’s figure, its share and its misestimate in words', () => {
    const svg = exportGraphSvg(document, state, palette)
    expect(svg).toContain('60 ms')
    expect(svg).toMatch(/57\.7 %/)
    expect(svg).toContain('1,000× under')
    expect(svg).toContain('4,000 rows')
  })

  it('draws what is folded as it is folded', () => {
    const svg = exportGraphSvg(document, { ...state, collapsed: new Set([0]) }, palette)
    expect(svg).toContain('+ 2 nodes')
    expect(svg).not.toContain('Seq Scan')
  })

  it('leaves out what XML forbids', () => {
    const painter = createSvgPainter({
      x: 0,
      y: 0,
      width: 10,
      height: 10,
      background: '#000',
      family: 'sans-serif',
      title: 'a\u0000b\u001f"',
    })
    expect(painter.finish()).toContain('<title>ab&quot;</title>')
  })
})

describe('a picture’s pixels', () => {
  it('are as many as wanted, up to what a browser takes', () => {
    expect(pngRatio({ width: 1_000, height: 500 }, 2)).toBe(2)
    expect(pngRatio({ width: 20_000, height: 100 }, 2)).toBeCloseTo(0.4096)
    const large = { width: 8_000, height: 8_000 }
    const ratio = pngRatio(large, 2)
    expect(large.width * ratio * large.height * ratio).toBeLessThanOrEqual(32_000_001)
  })
})

describe('colours between two', () => {
  it('mixes tokens however they are written', () => {
    expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080')
    expect(mix('rgb(0 0 0 / 50%)', '#ff0000', 1)).toBe('#ff0000')
    expect(mix('canvas', '#ff0000', 0.3)).toBe('#ff0000')
  })
})
