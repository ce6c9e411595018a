import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'settings-disabled-planner'

describe('ways of the planner that are switched off', () => {
  it('are told by the settings that the plan shows', () => {
    const findings = toldBy(rule, 'Seq Scan on orders  ms=5', {
      Settings: { enable_indexscan: 'off', work_mem: '8MB' },
    })
    expect(gist(findings)).toEqual(['statement info'])
    expect(statementsOf(findings)[0]).toBe('RESET enable_indexscan;')
  })

  it('are told at the scan of a whole table for few rows, in place of an index that may be there', () => {
    const scan =
      'Seq Scan on orders  ms=60 rows=10 | {"Filter": "(customer_id = 7)", "Rows Removed by Filter": 99990}'
    const off = { Settings: { enable_indexscan: 'off', enable_bitmapscan: 'off' } }
    expect(gist(toldBy(rule, scan, off))).toEqual(['0 critical 60 ms'])
    expect(toldBy('seq-scan-where-index-would-serve', scan, off)).toEqual([])
    const half = { Settings: { enable_indexscan: 'off' } }
    expect(gist(toldBy(rule, scan, half))).toEqual(['statement info'])
    expect(toldBy('seq-scan-where-index-would-serve', scan, half)).toHaveLength(1)
  })

  it('are told at the node that was used all the same', () => {
    expect(gist(toldBy(rule, 'Limit  ms=5\n  Seq Scan on orders  ms=5 | {"Disabled": true}'))).toEqual([
      '1 info',
    ])
    expect(
      gist(
        toldBy(
          rule,
          `
          Sort  ms=5 | {"Startup Cost": 10000000900, "Total Cost": 10000000910}
            Seq Scan on orders  ms=5 | {"Startup Cost": 10000000000, "Total Cost": 10000000890}`,
        ),
      ),
    ).toEqual(['1 info'])
  })

  it('are not seen where other settings differ, or a way was switched on', () => {
    expect(
      toldBy(rule, 'Seq Scan on orders  ms=5', {
        Settings: { enable_partitionwise_join: 'on', random_page_cost: '1.1' },
      }),
    ).toEqual([])
    expect(toldBy(rule, 'Sort  ms=5 | {"Startup Cost": 9000000000, "Total Cost": 90000000000}')).toEqual([])
  })
})
