import { describe, expect, it } from 'vitest'
import type { RawRecord } from '#shared/plan/index.ts'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'sort-spilled'
const sort = (type: string, kilobytes: number, rows = 300_000, more: object = {}) => `
  Sort  ms=400 rows=${rows} | ${JSON.stringify({ 'Sort Key': ['orders.note DESC', 'orders.id'], 'Sort Method': type === 'Disk' ? 'external merge' : 'quicksort', 'Sort Space Used': kilobytes, 'Sort Space Type': type, ...more })}
    Seq Scan on orders  ms=50 rows=${rows}`

describe('a sort that spilled', () => {
  it('is told with a tenth of its own time and the memory that holds it', () => {
    const told = toldBy(rule, sort('Disk', 22_232))
    expect(gist(told)).toEqual(['0 info 35 ms'])
    // 53 MiB in memory on PostgreSQL 14.
    expect(statementsOf(told)).toEqual([`SET work_mem = '64MB';`])
  })

  it('is no trouble where little of the statement could go: memory that holds it spares less than that', () => {
    expect(
      toldBy(rule, `Aggregate  ms=600 rows=1\n${sort('Disk', 22_232).replaceAll('\n', '\n  ')}`),
    ).toEqual([])
  })

  it('offers an index in its order for the first rows alone, and where it holds all that is read', () => {
    const limited = toldBy(
      rule,
      `Limit  ms=410 rows=10\n${sort('Disk', 22_232)}`
        .replaceAll('\n  ', '\n    ')
        .replace('\n    Sort', '\n  Sort'),
    )
    expect(statementsOf(limited)[1]).toBe('CREATE INDEX ON orders (note DESC, id);')
    const reading = (output: readonly string[]) =>
      statementsOf(toldBy(rule, `${sort('Disk', 22_232)} | ${JSON.stringify({ Output: output })}`))[1]
    expect(reading(['orders.note', 'orders.id'])).toBe('CREATE INDEX ON orders (note DESC, id);')
    expect(reading(['orders.note', 'orders.total'])).toBeUndefined()
  })

  it('is a risk alone with files in the system’s cache: stakes what the files took by the server’s own measure, with what it costs to pack the rows', () => {
    const told = (readMs: number, blocks: number) =>
      gist(
        toldBy(
          rule,
          sort('Disk', 22_232, 300_000, {
            'Temp Read Blocks': blocks,
            'Temp Written Blocks': 0,
            'Shared I/O Read Time': 0,
            'Temp I/O Read Time': readMs,
            'Temp I/O Write Time': 0,
          }),
        ),
      )
    expect(told(10, 3_000)).toEqual([])
    expect(told(30, 3_000)).toEqual(['0 info 35 ms'])
    expect(told(100, 3_000)).toEqual(['0 info 35 ms'])
    // A disk that takes its time.
    expect(told(100, 900)).toEqual(['0 warning 150 ms'])
  })

  it('counts the rows that went in, where a LIMIT takes the first, and asks for more than there is', () => {
    const limited = (kilobytes: number, settings: object = {}) =>
      toldBy(
        rule,
        `
        Limit  ms=300 rows=10
          Sort  ms=300 rows=10 | ${JSON.stringify({ 'Sort Key': ['(now() - orders.placed_at)'], 'Sort Method': 'external merge', 'Sort Space Used': kilobytes, 'Sort Space Type': 'Disk' })}
            Seq Scan on orders  ms=50 rows=300000`,
        settings as RawRecord,
      )
    expect(statementsOf(limited(22_232))[0]).toBe(`SET work_mem = '64MB';`)
    expect(statementsOf(limited(100))[0]).toBe(`SET work_mem = '16MB';`)
    expect(statementsOf(limited(22_232, { Settings: { work_mem: '64MB' } }))[0]).toBe(
      `SET work_mem = '96MB';`,
    )
  })

  it('asks for less where the server is known to pack rows', () => {
    expect(statementsOf(toldBy(rule, sort('Disk', 22_232, 300_000, { Disabled: false })))[0]).toBe(
      `SET work_mem = '48MB';`,
    )
  })

  it('is told for workers, by the one that wrote most', () => {
    const worker = (number: number, kilobytes: number) => ({
      'Worker Number': number,
      'Sort Method': 'external merge',
      'Sort Space Used': kilobytes,
      'Sort Space Type': 'Disk',
    })
    const told = toldBy(
      rule,
      `
      Gather Merge  ms=300 rows=300000 planned=2 launched=2
        Sort  ms=250 rows=100000 loops=3 | ${JSON.stringify({ 'Sort Method': 'external merge', 'Sort Space Used': 8000, 'Sort Space Type': 'Disk', Workers: [worker(0, 7000), worker(1, 7000)] })}`,
    )
    expect(gist(told)).toEqual(['1 info 25 ms'])
    expect(told[0]?.title).toContain('21.5 MiB')
    expect(statementsOf(told)[0]).toBe(`SET work_mem = '32MB';`)
  })

  it('is told for an incremental sort’s groups', () => {
    const groups = {
      'Group Count': 3,
      'Sort Methods Used': ['external merge'],
      'Sort Space Disk': { 'Peak Sort Space Used': 9000 },
    }
    expect(
      gist(
        toldBy(
          rule,
          `Incremental Sort  ms=200 rows=50000 | ${JSON.stringify({ 'Full-sort Groups': groups })}`,
        ),
      ),
    ).toEqual(['0 info 20 ms'])
  })

  it('is silent about sorts in memory, of the first rows, and quick ones', () => {
    expect(toldBy(rule, sort('Memory', 25_000))).toEqual([])
    expect(
      toldBy(
        rule,
        'Sort  ms=40 rows=10 | {"Sort Method": "top-N heapsort", "Sort Space Used": 25, "Sort Space Type": "Memory"}',
      ),
    ).toEqual([])
    expect(toldBy(rule, 'Sort  ms=0 loops=0')).toEqual([])
    expect(
      toldBy(
        rule,
        'Sort  ms=1 rows=900 | {"Sort Method": "external merge", "Sort Space Used": 90, "Sort Space Type": "Disk"}',
      ),
    ).toEqual([])
  })
})
