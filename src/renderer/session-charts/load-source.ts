import type { ChartSource } from '#renderer/charts/index.ts'
import { live, subscribeLive } from '#renderer/state/index.ts'
import type { LoadDimension } from '#shared/activity/index.ts'
import { bucketsFor, type TimeRange } from '#shared/series/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import { composeLoad, type LoadBase, type LoadPoints } from './compose-load.ts'
import { createLoadFold, type LoadFold } from './load-fold.ts'

export interface LoadSourceState {
  readonly by: LoadDimension
  readonly layers: readonly string[]
  readonly base: LoadBase | undefined
  /** Live ticks say the same as the answer: they can't be filtered. */
  readonly isLive: boolean
  /** How many slices the chart has room for. */
  readonly buckets: number
  /** The time that is drawn. */
  readonly range: () => TimeRange
}

/** Load for a chart: the last answer, and what has come since. */
export interface LoadSource extends ChartSource {
  readonly set: (state: LoadSourceState) => void
}

export function createLoadSource(first: LoadSourceState): LoadSource {
  let state = first
  let fold: { readonly fold: LoadFold; readonly key: string } | undefined
  const points: LoadPoints = { atMs: [], values: [] }
  const listeners = new Set<() => void>()
  let composedFor = ''
  let composed = 0
  /** Grows with whatever may change the points. */
  let version = 0

  function foldFor(stepMs: Milliseconds): LoadFold | undefined {
    const { by, isLive } = state
    if (!isLive || (by !== 'waitClass' && live.by !== by)) return undefined
    const key = `${stepMs} ${by} ${live.epoch}`
    if (fold?.key !== key) fold = { key, fold: createLoadFold(stepMs, by) }
    fold.fold.take(live.ticks)
    return fold.fold
  }

  function compose(): void {
    const range = state.range()
    const stepMs = state.base?.series.buckets.stepMs ?? bucketsFor(range, state.buckets).stepMs
    // Within a slice the range moves over the same points.
    const slices = [range.fromMs, range.toMs].map((atMs) => Math.floor(atMs / stepMs))
    const key = [version, stepMs, ...slices].join(' ')
    if (key === composedFor) return
    composedFor = key
    composed += 1
    composeLoad(points, stepMs, range, state.layers, state.base, foldFor(stepMs))
  }

  return {
    read() {
      compose()
      return { ...points, version: composed }
    },
    subscribe(listener) {
      listeners.add(listener)
      // Much else is recorded, and heard of, between two ticks.
      let seen = { newest: live.ticks.at(-1), epoch: live.epoch }
      const stop = subscribeLive(() => {
        const now = { newest: live.ticks.at(-1), epoch: live.epoch }
        if (now.newest === seen.newest && now.epoch === seen.epoch) return
        seen = now
        version += 1
        listener()
      })
      return () => {
        listeners.delete(listener)
        stop()
      }
    },
    set(next) {
      state = next
      version += 1
      for (const listener of Array.from(listeners)) listener()
    },
  }
}
