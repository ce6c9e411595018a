import { useEffect } from 'react'
import type { LoadDimension, ProcessChoice } from '#shared/activity/index.ts'
import type { LiveTail } from '#shared/contract/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import { createLiveMemory, type LiveMemory } from './live-memory.ts'

const memory = createLiveMemory()
const listeners = new Set<() => void>()
/** The workbench's clock beside this window's. */
let clockAheadMs = 0
/** When the tail told last, by the workbench's clock. */
let toldMs: EpochMs | undefined

/**
 * What is recorded now, for what draws at the pace of samples. It changes in place: read it in a listener of
 * `subscribeLive`, keep nothing of it.
 */
export const live: LiveMemory = memory

/** Calls back whenever something was recorded. */
export function subscribeLive(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The workbench's clock, which recorded times are of. */
export const workbenchNowMs = (): EpochMs => Date.now() + clockAheadMs

/** When the workbench told last what it recorded, by its clock. */
export const toldAtMs = (): EpochMs | undefined => toldMs

/** What this window wants to hear of, beside load by wait class. */
export interface LiveWants {
  /** Load by this dimension; the last who asks is heard. */
  readonly by?: LoadDimension
  readonly processes?: ProcessChoice
  readonly metrics?: readonly string[]
  /** Each sample is drawn as it comes; else a few times a second is as good. */
  readonly atOnce?: true
}

const wants = new Map<symbol, LiveWants>()
const wantListeners = new Set<() => void>()

/** Calls back when a component wants more than was wanted before. */
export function subscribeWants(listener: () => void): () => void {
  wantListeners.add(listener)
  return () => wantListeners.delete(listener)
}

/** Hears of load by a dimension, and of metrics, in `live` for as long as the component is there. */
export function useLiveWants(want: LiveWants): void {
  const text = JSON.stringify(want)
  useEffect(() => {
    const owner = Symbol('wants')
    wants.set(owner, JSON.parse(text) as LiveWants)
    for (const listener of Array.from(wantListeners)) listener()
    return () => void wants.delete(owner)
  }, [text])
}

/** What everybody wants together, as the tail is asked for it. */
export function gatherWants(all: Iterable<LiveWants> = wants.values()): LiveWants {
  let gathered: LiveWants = {}
  const metrics = new Set<string>()
  for (const { metrics: more = [], ...rest } of all) {
    gathered = { ...gathered, ...rest }
    for (const metric of more) metrics.add(metric)
  }
  return { ...gathered, ...(metrics.size === 0 ? {} : { metrics: [...metrics].slice(0, 200) }) }
}

/** Takes in what the tail told. */
export function takeTail(tail: LiveTail, by?: LoadDimension): void {
  clockAheadMs = tail.nowMs - Date.now()
  toldMs = tail.nowMs
  if (memory.take(tail, by)) tell()
}

export function forgetLive(): void {
  memory.forget()
  toldMs = undefined
  tell()
}

function tell(): void {
  for (const listener of Array.from(listeners)) listener()
}
