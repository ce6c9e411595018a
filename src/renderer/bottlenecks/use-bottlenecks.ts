import { useMemo } from 'react'
import { client } from '#renderer/client/index.ts'
import { useLimits } from '#renderer/limits/index.ts'
import { type Asked, useAsked, useTimeRange } from '#renderer/state/index.ts'
import {
  type Bottleneck,
  bottleneckMetrics,
  bottleneckSums,
  findBottlenecks,
  readRangeFigures,
} from '#shared/host/index.ts'

/** Means over the range are taken of so many slices: enough to leave gaps out. */
const buckets = 60
/** Of wait classes there are ten. */
const mostClasses = 20
const refreshHz = 0.5

/** What holds the server up over the window's time range. */
export function useBottlenecks(): Asked<unknown> & {
  readonly bottlenecks: readonly Bottleneck[] | undefined
} {
  const asked = useAsked(
    async ({ sessionId, range }, signal) => {
      const [series, load] = await Promise.all([
        client.metrics.series(
          { sessionId, range, buckets, metrics: bottleneckMetrics, sumOver: bottleneckSums },
          { signal },
        ),
        client.load.ranking({ sessionId, range, by: 'waitClass', limit: mostClasses }, { signal }),
      ])
      return { series, load }
    },
    [],
    { of: 'server', news: ['metrics'], mostHz: refreshHz },
  )
  const { answer } = asked
  const [limit] = useLimits(['activity'])
  const { follows } = useTimeRange()
  // Whether others were hidden is a matter of the range: of now the observer knows, of the past what it recorded.
  const isHiddenNow = limit !== undefined && follows
  const mend = limit?.mend
  const bottlenecks = useMemo(() => {
    if (answer === undefined) return undefined
    const figures = readRangeFigures(answer.series, answer.load)
    if (!isHiddenNow && figures.hidden === undefined) return findBottlenecks(figures)
    return findBottlenecks({ ...figures, hidden: mend === undefined ? {} : { mend } })
  }, [answer, isHiddenNow, mend])
  return { ...asked, bottlenecks }
}
