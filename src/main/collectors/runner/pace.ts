import type { Milliseconds, Ratio } from '#shared/units/index.ts'

export interface PaceRules {
  /** Share of one core that watching may cost the server. */
  readonly budget: Ratio
  /** So long a pace is kept before it is judged. */
  readonly settleMs: Milliseconds
  /** So long it must have been cheap before it quickens. */
  readonly calmMs: Milliseconds
  readonly mostSlowdown: number
}

export const defaultRules: PaceRules = { budget: 0.01, settleMs: 5_000, calmMs: 15_000, mostSlowdown: 64 }

/** What watching cost since the pace changed last. */
export interface PaceReading {
  readonly share: Ratio
  /** The part of it that grows with the pace. */
  readonly pacedPart: Ratio
  readonly atMs: Milliseconds
}

/** Slows down while watching costs too much, and goes back by itself. */
export interface Pace {
  /** 1 = as asked for, 2 = half as often … */
  readonly slowdown: number
  /** @returns whether the pace has changed */
  review(reading: PaceReading): boolean
}

/** It quickens only if that is expected to stay well below the budget: the pace must not swing. */
const comfort = 0.7
/** Who has to slow down again so soon waits twice as long before the next try, up to this. */
const relapseMs = 60_000
const longestCalmMs = 300_000

export function createPace(rules: PaceRules): Pace {
  let slowdown = 1
  let calmMs = rules.calmMs
  let calmSinceMs: Milliseconds | undefined
  let quickenedAtMs = Number.NEGATIVE_INFINITY

  return {
    get slowdown() {
      return slowdown
    },
    review({ share, pacedPart, atMs }) {
      if (share > rules.budget) {
        calmSinceMs = undefined
        if (slowdown >= rules.mostSlowdown) return false
        const isRelapse = atMs - quickenedAtMs < relapseMs
        calmMs = isRelapse ? Math.min(longestCalmMs, calmMs * 2) : rules.calmMs
        slowdown *= 2
        return true
      }
      if (slowdown === 1 || share * (1 + pacedPart) > rules.budget * comfort) {
        calmSinceMs = undefined
        return false
      }
      calmSinceMs ??= atMs
      if (atMs - calmSinceMs < calmMs) return false
      calmSinceMs = undefined
      quickenedAtMs = atMs
      slowdown /= 2
      return true
    },
  }
}
