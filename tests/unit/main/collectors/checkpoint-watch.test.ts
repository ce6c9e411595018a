import { describe, expect, it } from 'vitest'
import { watchCheckpoints } from '#main/collectors/checkpoints/checkpoint-watch.ts'
import type { MetricId } from '#shared/series/index.ts'

interface Seen {
  readonly timed?: number
  readonly requested?: number
  readonly writeMs?: number
  readonly syncMs?: number
  readonly buffers?: number
  readonly lsn?: string
}

const names: Readonly<Record<string, MetricId>> = {
  timed: 'checkpoints.timed',
  requested: 'checkpoints.requested',
  writeMs: 'checkpoints.write-ms',
  syncMs: 'checkpoints.sync-ms',
  buffers: 'buffers.by-checkpoints',
}

/** Looks two seconds apart, as one line a mark. */
function tell(looks: readonly Seen[]): readonly string[] {
  const watch = watchCheckpoints()
  return looks.flatMap(({ lsn, ...figures }, index) => {
    const growth = new Map(
      Object.entries(figures).flatMap(([name, value]) => {
        const metric = names[name]
        return metric === undefined ? [] : [[metric, value] as const]
      }),
    )
    const finished = lsn === undefined ? {} : { finishedLsn: lsn }
    return watch
      .see({ atMs: 2_000 * (index + 1), growth, ...finished })
      .map(({ atMs, endedAtMs, label, facts }) =>
        [`${label}: ${atMs}–${endedAtMs ?? ''}`, ...Object.values(facts ?? {})].join(' '),
      )
  })
}

describe('marks of checkpoints', () => {
  it('hold one that was over within a look', () => {
    const looks: readonly Seen[] = [
      { lsn: '0/1' },
      { requested: 1, writeMs: 30, syncMs: 20, buffers: 80, lsn: '0/2' },
      {},
    ]
    expect(tell(looks)).toEqual(['Checkpoint, requested: 3950–4000 requested 30 20 80'])
  })

  it('hold a long one while it goes on, and again with its end', () => {
    const looks: readonly Seen[] = [
      { lsn: '0/1' },
      { timed: 1, buffers: 10, lsn: '0/1' },
      { buffers: 20, lsn: '0/1' },
      { buffers: 5, lsn: '0/2' },
      { writeMs: 5_500, syncMs: 40, lsn: '0/2' },
      { lsn: '0/2' },
    ]
    expect(tell(looks)).toEqual(['Checkpoint, timed: 4000–', 'Checkpoint, timed: 4000–8000 timed 5500 40 35'])
  })

  it('leave out one that the server counted but had no need for', () => {
    const looks: readonly Seen[] = [{ lsn: '0/1' }, { timed: 1, lsn: '0/1' }, {}, {}, {}, {}, { lsn: '0/1' }]
    expect(tell(looks)).toEqual([])
  })

  it('hold one that had nothing to write', () => {
    const looks: readonly Seen[] = [{ lsn: '0/1' }, { requested: 1, lsn: '0/2' }, { lsn: '0/2' }]
    expect(tell(looks)).toEqual(['Checkpoint, requested: 4000–4000 requested 0 0 0'])
  })

  it('go by times alone where the control file may not be read', () => {
    const looks: readonly Seen[] = [{}, { timed: 1, buffers: 4 }, { writeMs: 300, buffers: 2 }]
    expect(tell(looks)).toEqual(['Checkpoint, timed: 4000–', 'Checkpoint, timed: 4000–6000 timed 300 0 6'])
  })

  it('hold one whose beginning was not seen', () => {
    const looks: readonly Seen[] = [
      { lsn: '0/1', buffers: 7 },
      { writeMs: 900, lsn: '0/2' },
    ]
    expect(tell(looks)).toEqual(['Checkpoint: 3100–4000 began unseen 900 0 0'])
  })
})
