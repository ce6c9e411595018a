import { type } from '@orpc/contract'
import { z } from 'zod'
import type { MetricSeries } from '../series/index.ts'
import { base } from './base.ts'
import { bucketCount, id, range } from './schemas.ts'

export const metrics = {
  /** Metrics over a range: rates of counters, means of gauges. Series of one metric come one after the other. */
  series: base
    .input(
      z.strictObject({
        sessionId: id,
        range,
        buckets: bucketCount,
        metrics: z.array(z.string().max(100)).min(1).max(200).readonly(),
        /** Sums series over these labels' values (`database`): absent = every series apart. */
        sumOver: z.array(z.string().max(100)).max(10).readonly().exactOptional(),
      }),
    )
    .output(type<readonly MetricSeries[]>()),
}
