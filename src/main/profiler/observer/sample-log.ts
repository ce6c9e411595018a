import type { Milliseconds } from '#shared/units/index.ts'
import type { WaitSample } from '#shared/waits/index.ts'

/** The samples of one run in order, with a bound on how many are kept. */
export interface SampleLog {
  readonly samples: readonly WaitSample[]
  readonly ticks: number
  /** Only every so manieth tick is kept; doubles whenever the log is full. */
  readonly stride: number
  /** One answered tick; `false` if it was left out to keep the log within its bound. */
  add(tick: number, samples: readonly WaitSample[]): boolean
  /** Drops ticks after the end of the run. */
  cutAfter(elapsedMs: Milliseconds): void
}

interface Tick {
  readonly number: number
  readonly samples: readonly WaitSample[]
}

/**
 * When the log is full, every second tick is dropped and from then on only every second is kept, so that a run of a
 * day is sampled evenly and its shares stay right.
 */
export function createSampleLog(maxSamples = 120_000): SampleLog {
  let ticks: Tick[] = []
  let count = 0
  let stride = 1

  function keep(kept: Tick[]): void {
    ticks = kept
    count = kept.reduce((sum, tick) => sum + tick.samples.length, 0)
  }

  return {
    get samples() {
      return ticks.flatMap((tick) => tick.samples)
    },
    get ticks() {
      return ticks.length
    },
    get stride() {
      return stride
    },
    add(number, samples) {
      if (number % stride !== 0) return false
      ticks.push({ number, samples })
      count += samples.length
      if (count > maxSamples) {
        stride *= 2
        keep(ticks.filter((tick) => tick.number % stride === 0))
      }
      return true
    },
    cutAfter(elapsedMs) {
      keep(ticks.filter((tick) => (tick.samples[0]?.atMs ?? 0) <= elapsedMs))
    },
  }
}
