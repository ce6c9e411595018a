import type { MetricSample } from '#shared/series/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
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
}

export function createCensus(source: Source): Census {
  const pace = createCostPace(costRules)
  const seen = new Set<string>()
  let lastMs: EpochMs | undefined
  return {
    isDue: (nowMs) =>
      pace.isDue(nowMs) && (lastMs === undefined || nowMs - lastMs >= everyMs - margin(source)),
    async take() {
      const { rows, atMs } = await source.ask(question)
      pace.spent(atMs, tookMs(rows))
      const periodMs = lastMs === undefined ? everyMs : atMs - lastMs
      lastMs = atMs
      const samples = parseCensus(rows, seen)
      if (samples.length > 0) source.emit({ kind: 'metrics', tick: { atMs, periodMs, samples } })
      return samples.reduce((sum, { metric, value }) => sum + (metric === 'locks.waiting' ? value : 0), 0)
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
