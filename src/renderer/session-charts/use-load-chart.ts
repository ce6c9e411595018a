import { useEffect, useMemo, useState } from 'react'
import type { ChartSeries } from '#renderer/charts/index.ts'
import { client } from '#renderer/client/index.ts'
import { type Asked, bucketsOfPart, currentRange, useAsked, useLiveWants } from '#renderer/state/index.ts'
import type { LoadDimension } from '#shared/activity/index.ts'
import type { ContractInputs, LoadSeries } from '#shared/contract/index.ts'
import type { TimeRange } from '#shared/series/index.ts'
import { othersKey } from './compose-load.ts'
import { briefLabelOfKey } from './label-key.ts'
import { chooseLayers, colourLayers, mostLayers } from './layers.ts'
import { createLoadSource, type LoadSource } from './load-source.ts'

export type LoadFilter = NonNullable<ContractInputs['load']['series']['filter']>

export interface LoadChart {
  readonly source: LoadSource
  readonly series: readonly ChartSeries[]
  readonly asked: Asked<LoadSeries>
}

/** About two pixels a slice on a wide screen. */
const buckets = 500
/** Live ticks draw the right end; the answer only has to come now and then. */
const refreshHz = 0.1
/** Which keys are the largest changes, and that is what the answer says. */
const keysHz = 0.4
/** Where live ticks can't be filtered, the answer is all there is. */
const filteredHz = 2

/** Load over the window's time range by a dimension: history from the session, its end as it is sampled. */
export function useLoadChart(by: LoadDimension, filter: LoadFilter): LoadChart {
  const isFiltered = (filter.keys ?? []).length > 0
  const { processes = 'clients' } = filter
  useLiveWants({ ...(by === 'waitClass' ? {} : { by }), processes, atOnce: true })
  const asked = useAsked(
    async ({ sessionId, range }, signal) => ({
      by,
      processes,
      series: await client.load.series(
        {
          sessionId,
          range: widen(range),
          by,
          buckets: bucketsOfPart(buckets, range, currentRange()),
          keys: by === 'waitClass' ? 10 : mostLayers,
          filter,
        },
        { signal },
      ),
    }),
    [by, filter],
    { of: 'server', mostHz: isFiltered ? filteredHz : by === 'waitClass' ? refreshHz : keysHz },
  )
  const { answer, range } = asked
  const answered = answer?.by === by ? answer : undefined
  const [layers, setLayers] = useState<{ readonly by: LoadDimension; readonly keys: readonly string[] }>({
    by,
    keys: chooseLayers(by, undefined, []),
  })
  const keys = useMemo(
    () => chooseLayers(by, answered?.series, layers.by === by ? layers.keys : []),
    [by, answered, layers],
  )
  if (layers.by !== by || !isSame(layers.keys, keys)) setLayers({ by, keys })

  const [source] = useState(() =>
    createLoadSource({
      by,
      layers: keys,
      base: undefined,
      isLive: !isFiltered,
      buckets,
      range: currentRange,
    }),
  )
  useEffect(() => {
    source.set({
      by,
      layers: keys,
      base:
        answered === undefined || range === undefined
          ? undefined
          : { series: answered.series, completeUntilMs: range.toMs },
      isLive: !isFiltered,
      buckets,
      range: currentRange,
    })
  }, [source, by, keys, answered, range, isFiltered])

  const series = useMemo(() => {
    const colours = colourLayers(by, keys)
    const labels = new Map(answered?.series.keys.map(({ key, label }) => [key, label]))
    return keys.map((key, at) => ({
      key,
      label: key === othersKey ? 'others' : briefLabelOfKey(by, key, labels.get(key)),
      colour: colours[at] ?? '--ink-3',
    }))
  }, [by, keys, answered])
  return { source, series, asked: { ...asked, answer: answered?.series } }
}

/** A line goes on to the edge of a chart where the slices beyond it are known; not into another server's time. */
function widen({ fromMs, toMs }: TimeRange): TimeRange {
  const byMs = (toMs - fromMs) * 0.02
  return { fromMs: fromMs > currentRange().fromMs ? fromMs : fromMs - byMs, toMs: toMs + byMs }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, at) => key === b[at])
}
