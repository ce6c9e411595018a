import { useMemo } from 'react'
import { client } from '#renderer/client/index.ts'
import { useLimits } from '#renderer/limits/index.ts'
import { type Asked, useAsked } from '#renderer/state/index.ts'
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
const limit = 20
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
        client.load.ranking({ sessionId, range, by: 'waitClass', limit }, { signal }),
      ])
      return { series, load }
    },
    [],
    { of: 'server', news: ['metrics'], mostHz: refreshHz },
  )
  const { answer } = asked
  const [hidden] = useLimits(['activity'])
  const [isHidden, mend] = [hidden !== undefined, hidden?.mend]
  const bottlenecks = useMemo(() => {
    if (answer === undefined) return undefined
    const figures = readRangeFigures(answer.series, answer.load)
    return findBottlenecks(isHidden ? { ...figures, hidden: mend === undefined ? {} : { mend } } : figures)
  }, [answer, isHidden, mend])
  return { ...asked, bottlenecks }
}
