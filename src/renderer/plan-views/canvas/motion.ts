/** The longest that anything here moves. */
const motionMs = 150

export interface Motion<T> {
  /** What to show now; `moving` while there is more to come. */
  readonly at: (now: number) => { readonly value: T; readonly moving: boolean }
}

export function prefersStillness(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches
}

/** A move from one state to another, over at once where the system asks for less motion. */
export function startMotion<T>(
  from: T,
  to: T,
  between: (from: T, to: T, t: number) => T,
  startedAt: number,
  still = prefersStillness(),
): Motion<T> {
  return {
    at: (now) => {
      const t = still ? 1 : Math.min(1, Math.max(0, (now - startedAt) / motionMs))
      return { value: between(from, to, t), moving: t < 1 }
    },
  }
}
