import { describe, expect, it } from 'vitest'
import { createBacklog } from '#main/store/recorded/backlog.ts'
import type { RecordedBatch } from '#main/store/recorded/protocol.ts'

/** 16 bytes a sample, and a name of 40. */
const batch = (atMs: number, samples: number): RecordedBatch => ({
  rows: [
    { table: 'origins', count: 1, columns: { origin_no: Float64Array.of(1), user_name: ['12345678'] } },
    {
      table: 'metric_samples',
      count: samples,
      columns: {
        sampled_at: Float64Array.from({ length: samples }, (_, index) => atMs + index),
        value: new Float64Array(samples),
      },
    },
  ],
})

const tablesOf = ({ rows }: RecordedBatch) => rows.map(({ table }) => table)

describe('what could not be written yet', () => {
  it('is kept in order until it is on disk', () => {
    const backlog = createBacklog()
    const [first, second, third] = [batch(0, 1), batch(10, 1), batch(20, 1)]
    backlog.add(first)
    backlog.add(second)
    const sent = backlog.batches()
    backlog.add(third)
    backlog.wrote(sent.length)
    expect(backlog.batches()).toEqual([third])
    expect(backlog.takeLost()).toBeUndefined()
  })

  it('gives up its oldest samples beyond the bound, never what later rows refer to', () => {
    const backlog = createBacklog(4_000)
    for (let n = 0; n < 4; n += 1) backlog.add(batch(n * 1_000, 100))
    expect(backlog.batches().map(tablesOf)).toEqual([
      ['origins'],
      ['origins'],
      ['origins', 'metric_samples'],
      ['origins', 'metric_samples'],
    ])
    expect(backlog.takeLost()).toEqual({ rows: 200, fromMs: 0, toMs: 1_099 })
    expect(backlog.takeLost()).toBeUndefined()
  })

  it('is nothing to the next session', () => {
    const backlog = createBacklog(10)
    backlog.add(batch(0, 100))
    backlog.clear()
    expect(backlog.isEmpty()).toBe(true)
    expect(backlog.takeLost()).toBeUndefined()
  })
})
