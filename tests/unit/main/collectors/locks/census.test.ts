import { describe, expect, it } from 'vitest'
import { parseCensus } from '#main/collectors/locks/census.ts'

describe('the count of locks', () => {
  it('is told by type and mode, and as zero where there are none any more', () => {
    const seen = new Set<string>()
    expect(parseCensus([['relation', 'AccessShareLock', 't', '12', '0.1']], seen)).toEqual([
      { metric: 'locks.held', labels: ['relation', 'AccessShareLock'], value: 12 },
    ])
    expect(parseCensus([['tuple', 'ExclusiveLock', 'f', '3', '0.1']], seen)).toEqual([
      { metric: 'locks.held', labels: ['relation', 'AccessShareLock'], value: 0 },
      { metric: 'locks.waiting', labels: ['tuple', 'ExclusiveLock'], value: 3 },
    ])
  })
})
