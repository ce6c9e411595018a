import type { MetricSample } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { Answer, Source } from '../collector.ts'
import { createCostPace } from '../cost-pace.ts'
import censusSql from './census.sql?raw'
import { tookMs } from './parse.ts'

const question = { name: 'lock_census', sql: censusSql }

const everyMs = 1_000
/** Ten thousand locks take some milliseconds: they are then counted every few seconds. */
const costRules = { shareOfCore: 0.002, longestPauseMs: 30_000 }

/** Counts locks once a second. */
export interface Census {
  readonly isDue: (nowMs: EpochMs) => boolean
  /** @returns how many wait */
  readonly take: () => Promise<number>
  /**
   * The same from what was read already.
   * @param rows as `census.sql` returns them
   * @param costMs what the reading took the server
   */
  readonly tell: (rows: Answer['rows'], atMs: EpochMs, costMs: Milliseconds) => number
  /** How many locks there were; `undefined` before the first count. */
  readonly total: number | undefined
}

export function createCensus(source: Source): Census {
  const pace = createCostPace(costRules)
  const seen = new Set<string>()
  let lastMs: EpochMs | undefined
  let total: number | undefined

  function tell(rows: Answer['rows'], atMs: EpochMs, costMs: Milliseconds): number {
    pace.spent(atMs, costMs)
    const periodMs = lastMs === undefined ? everyMs : atMs - lastMs
    lastMs = atMs
    const samples = parseCensus(rows, seen)
    if (samples.length > 0) source.emit({ kind: 'metrics', tick: { atMs, periodMs, samples } })
    total = samples.reduce((sum, { value }) => sum + value, 0)
    return samples.reduce((sum, { metric, value }) => sum + (metric === 'locks.waiting' ? value : 0), 0)
  }

  return {
    isDue: (nowMs) =>
      pace.isDue(nowMs) && (lastMs === undefined || nowMs - lastMs >= everyMs - margin(source)),
    async take() {
      const { rows, atMs } = await source.ask(question)
      return tell(rows, atMs, tookMs(rows))
    },
    tell,
    get total() {
      return total
    },
  }
}

/** Looks come on a grid, a little earlier or later: one that is nearly due is taken. */
const margin = (source: Source): number => Math.min(source.paceMs() / 2, everyMs / 2)

/** @param seen kinds of locks that were told of before: one that there are none of any more is told as 0 */
export function parseCensus(rows: Answer['rows'], seen: Set<string>): readonly MetricSample[] {
  const counts = new Map(
    rows.map(([lockType, mode, granted, count]) => [
      [granted === 't' ? 'locks.held' : 'locks.waiting', lockType ?? '', mode ?? ''].join('\n'),
      Number(count),
    ]),
  )
  for (const key of counts.keys()) seen.add(key)
  return [...seen].map((key) => {
    const [metric = '', ...labels] = key.split('\n')
    return {
      metric: metric === 'locks.held' ? 'locks.held' : 'locks.waiting',
      labels,
      value: counts.get(key) ?? 0,
    }
  })
}
