import { describe, expect, it } from 'vitest'
import { gist, toldBy } from './told.ts'

const rule = 'large-in-list'
const list = (count: number) => Array.from({ length: count }, (_, at) => at * 7).join(',')
const scan = (count: number, ms: number, label = 'Filter', operator = '= ANY') =>
  `Seq Scan on orders  ms=${ms} rows=50 | ${JSON.stringify({ [label]: `(id ${operator} ('{${list(count)}}'::integer[]))` })}`

describe('a long list of values', () => {
  it('that each row is compared with is told, with its length and the column', () => {
    const findings = toldBy(rule, scan(2_000, 40))
    expect(gist(findings)).toEqual(['0 warning 40 ms'])
    expect(findings[0]?.title).toContain('2,000')
    expect(findings[0]?.advice[0]?.text).toContain('ON id = wanted.value')
  })

  it('is told of NOT IN, with what serves there', () => {
    expect(toldBy(rule, scan(2_000, 40, 'Filter', '<> ALL'))[0]?.advice[0]?.text).toContain('NOT EXISTS')
  })

  it('that is short, looked up by index, or quick is no trouble', () => {
    expect(toldBy(rule, scan(60, 40))).toEqual([])
    expect(toldBy(rule, scan(2_000, 40, 'Index Cond'))).toEqual([])
    expect(toldBy(rule, scan(2_000, 0.5))).toEqual([])
    expect(toldBy(rule, scan(2_000, 0).replace('ms=0', 'loops=0'))).toEqual([])
  })

  it('that rows are looked up in by a hash table costs nothing', () => {
    const rows = (ms: number) =>
      `Seq Scan on orders  ms=${ms} rows=100000 | ${JSON.stringify({ Filter: `(id = ANY ('{${list(800)}}'::integer[]))`, 'Rows Removed by Filter': 100_000 })}`
    expect(toldBy(rule, rows(100))).toEqual([])
    expect(gist(toldBy(rule, rows(500)))).toEqual(['0 critical 500 ms'])
  })

  it('of patterns is told from fifty on, for each is tried on each row', () => {
    const patterns = (count: number, ms: number, operator = '~~ ANY') =>
      `Index Scan on events  ms=${ms} rows=0 | ${JSON.stringify({
        Filter: `((payload ->> 'page'::text) ${operator} ('{${Array.from({ length: count }, (_, at) => `%zq${at}%`).join(',')}}'::text[]))`,
        'Rows Removed by Filter': 18_000,
      })}`
    const told = toldBy(rule, patterns(200, 230))
    expect(gist(told)).toEqual(['0 critical 230 ms'])
    expect(told[0]?.title).toContain('200 patterns')
    expect(told[0]?.advice[0]?.text).toContain('regular expression')
    expect(toldBy(rule, patterns(200, 90, '!~~* ALL'))).toHaveLength(1)
    expect(toldBy(rule, patterns(20, 230))).toEqual([])
    expect(toldBy(rule, patterns(200, 20))).toEqual([])
  })

  it('of a megabyte is counted in no time', () => {
    const before = process.threadCpuUsage()
    expect(toldBy(rule, scan(150_000, 400))).toHaveLength(1)
    expect(process.threadCpuUsage(before).user / 1_000).toBeLessThan(500)
  })
})
