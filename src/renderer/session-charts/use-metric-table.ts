import { useEffect, useState } from 'react'
import { client } from '#renderer/client/index.ts'
import { type Asked, bucketsOfPart, currentRange, useAsked, useLiveWants } from '#renderer/state/index.ts'
import type { MetricId, MetricSeries } from '#shared/series/index.ts'
import { createMetricTable, type MetricTable } from './metric-table.ts'

/** About two pixels a slice on a chart that is one of many. */
const buckets = 180
/** Live samples draw the right end for as long as they come: the answer is history, which stays as it is. */
const refreshHz = 0.05

export interface MetricTableOptions {
  /** Labels whose values are added up. */
  readonly sumOver?: readonly string[]
  /** `server`: of the server at the range's end alone, for figures that make no sense of two. */
  readonly of?: 'range' | 'server'
}

/**
 * Metrics over the window's time range for all charts of a panel: one question for all of them, and live samples.
 * @param metrics the same list at each drawing
 */
export function useMetricTable(
  metrics: readonly MetricId[],
  { sumOver = [], of = 'range' }: MetricTableOptions = {},
): { readonly table: MetricTable; readonly asked: Asked<readonly MetricSeries[]> } {
  useLiveWants({ metrics })
  const asked = useAsked(
    ({ sessionId, range }, signal) =>
      client.metrics.series(
        { sessionId, range, buckets: bucketsOfPart(buckets, range, currentRange()), metrics, sumOver },
        { signal },
      ),
    [metrics, sumOver],
    { of, news: ['metrics'], mostHz: refreshHz },
  )
  const [table] = useState(() => createMetricTable(metrics, buckets, sumOver))
  const { answer, range } = asked
  useEffect(() => {
    if (answer !== undefined && range !== undefined) table.set(answer, range.toMs)
  }, [table, answer, range])
  return { table, asked }
}
