import { describe, expect, it } from 'vitest'
import { markDeadlocks } from '#main/collectors/database/deadlocks.ts'

describe('deadlocks', () => {
  it('get a mark for each database that had some', () => {
    const sample = (database: string, value: number) =>
      ({ metric: 'database.deadlocks', labels: [database], value }) as const
    const commits = { metric: 'database.commits', labels: ['shop'], value: 7 } as const
    const samples = [sample('shop', 2), sample('quiet', 0), commits, sample('bank', 1)]
    expect(markDeadlocks({ atMs: 5_000, periodMs: 1_000, samples })).toEqual([
      {
        kind: 'deadlock',
        atMs: 4_500,
        label: '2 deadlocks in shop',
        facts: { database: 'shop', deadlocks: 2 },
      },
      { kind: 'deadlock', atMs: 4_500, label: 'Deadlock in bank', facts: { database: 'bank', deadlocks: 1 } },
    ])
  })
})
