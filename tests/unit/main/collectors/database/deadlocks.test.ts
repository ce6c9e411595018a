import { describe, expect, it } from 'vitest'
import { markDeadlocks } from '#main/collectors/database/deadlocks.ts'
import { createSeenDeadlocks } from '#main/collectors/seen-deadlocks.ts'

describe('deadlocks', () => {
  it('get a mark for each database that had some', () => {
    const sample = (database: string, value: number) =>
      ({ metric: 'database.deadlocks', labels: [database], value }) as const
    const commits = { metric: 'database.commits', labels: ['shop'], value: 7 } as const
    const samples = [sample('shop', 2), sample('quiet', 0), commits, sample('bank', 1)]
    expect(markDeadlocks({ atMs: 5_000, periodMs: 1_000, samples }, createSeenDeadlocks())).toEqual([
      {
        kind: 'deadlock',
        atMs: 4_500,
        label: '2 deadlocks in shop',
        facts: { database: 'shop', deadlocks: 2 },
      },
      { kind: 'deadlock', atMs: 4_500, label: 'Deadlock in bank', facts: { database: 'bank', deadlocks: 1 } },
    ])
  })

  it('get none where all were marked while they lasted, and one for those that were not', () => {
    const seen = createSeenDeadlocks()
    const grow = (value: number, atMs: number) =>
      markDeadlocks(
        { atMs, periodMs: 1_000, samples: [{ metric: 'database.deadlocks', labels: ['shop'], value }] },
        seen,
      ).map(({ label }) => label)
    seen.add({ database: 'shop', lastMs: 4_000 })
    seen.add({ database: 'bank', lastMs: 4_000 })
    expect(grow(1, 5_000)).toEqual([])
    expect(grow(1, 6_000)).toEqual(['Deadlock in shop'])
    seen.add({ database: undefined, lastMs: 6_500 })
    expect(grow(3, 7_000)).toEqual(['2 deadlocks in shop'])
    // Whoever left that circle by himself was none.
    seen.add({ database: 'shop', lastMs: 7_500 })
    expect(grow(1, 60_000)).toEqual(['Deadlock in shop'])
  })
})
