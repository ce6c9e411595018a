import { describe, expect, it } from 'vitest'
import { createStatistics, memorySetting } from '../../../../../src/shared/plan/findings/sql.ts'

describe('statements that findings advise', () => {
  it('say memory as people do, and never too little', () => {
    const mebibyte = 1_048_576
    const said = [
      1,
      900_000,
      mebibyte,
      2.1 * mebibyte,
      5 * mebibyte,
      48 * mebibyte,
      49 * mebibyte,
      3_000 * mebibyte,
    ]
    expect(said.map(memorySetting)).toEqual(['1MB', '1MB', '1MB', '3MB', '6MB', '48MB', '64MB', '3GB'])
  })

  it('name statistics in lower case, within the length of a name', () => {
    expect(createStatistics('web."Order"', ['a', '(lower(name))'], ['mcv'])).toBe(
      'CREATE STATISTICS order_a_lower_name_stats (mcv) ON a, (lower(name)) FROM web."Order";',
    )
    const name = /STATISTICS (\S+)/.exec(
      createStatistics(
        't',
        Array.from({ length: 9 }, (_, at) => `long_column_${at}`),
      ),
    )?.[1]
    expect(name).toHaveLength(63)
  })
})
