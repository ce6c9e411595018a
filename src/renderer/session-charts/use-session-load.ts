import { useEffect, useState } from 'react'
import { client } from '#renderer/client/index.ts'
import { currentEdgeMs, useAsked } from '#renderer/state/index.ts'
import type { TimeRange } from '#shared/series/index.ts'
import { chooseLayers, colourLayers } from './layers.ts'
import { createLoadSource, type LoadSource } from './load-source.ts'

/** About two pixels a slice on a wide screen. */
const buckets = 700
/** Live ticks draw the right end; the answer only has to come now and then. */
const refreshHz = 0.1

const layers = chooseLayers('waitClass', undefined, [])

/** Colours of the layers of `useSessionLoad`, from the bottom. */
export const sessionLoadColours = colourLayers('waitClass', layers)

export interface SessionLoad {
  readonly source: LoadSource
  readonly cores: number | undefined
  readonly isLoading: boolean
}

/**
 * Load by wait class over the whole session, or over a part of it that the timeline looks at.
 * @param part absent = the whole session
 * @param drawn the time that is drawn at this moment
 */
export function useSessionLoad(
  part: TimeRange | undefined,
  drawn: () => TimeRange,
  enabled: boolean,
): SessionLoad {
  const { answer, isLoading } = useAsked(
    async ({ sessionId, range }, signal) => {
      const completeUntilMs = currentEdgeMs()
      const asked = part ?? range
      const series = await client.load.series(
        { sessionId, range: asked, by: 'waitClass', buckets, keys: 10 },
        { signal },
      )
      return { series, completeUntilMs }
    },
    [part],
    { of: 'session', mostHz: refreshHz, enabled },
  )
  const [source] = useState(() =>
    createLoadSource({ by: 'waitClass', layers, base: undefined, isLive: true, buckets, range: drawn }),
  )
  useEffect(() => {
    source.set({ by: 'waitClass', layers, base: answer, isLive: true, buckets, range: drawn })
  }, [source, answer, drawn])
  return { source, cores: answer?.series.cores, isLoading }
}
