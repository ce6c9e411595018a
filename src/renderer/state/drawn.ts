import { create } from 'zustand'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import { live, workbenchNowMs } from './live.ts'

/** How far the screen is behind the server: from the moment of a sample to the frame that shows it. */
export interface ScreenLag {
  readonly p50Ms: Milliseconds
  readonly p95Ms: Milliseconds
  readonly worstMs: Milliseconds
  readonly samples: number
}

const keptLags = 600
const lags: Milliseconds[] = []
let lastMs: EpochMs = 0
let toldAtMs = 0
/** Figures for people don't change faster than they can be read. */
const tellEveryMs: Milliseconds = 1_000

const store = create<{ readonly lag: ScreenLag | undefined }>(() => ({ lag: undefined }))

/** The newest sample has been drawn. */
export function newestTickDrawn(): void {
  const atMs = live.ticks.at(-1)?.atMs
  if (atMs === undefined || atMs === lastMs) return
  lastMs = atMs
  const nowMs = workbenchNowMs()
  lags.push(nowMs - atMs)
  if (lags.length > keptLags) lags.shift()
  if (nowMs - toldAtMs < tellEveryMs) return
  toldAtMs = nowMs
  store.setState({ lag: summarise(lags) })
}

/** Undefined until a sample was drawn. */
export const useScreenLag = (): ScreenLag | undefined => store((state) => state.lag)

function summarise(all: readonly Milliseconds[]): ScreenLag {
  const sorted = all.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50Ms: at(0.5), p95Ms: at(0.95), worstMs: at(1), samples: sorted.length }
}
