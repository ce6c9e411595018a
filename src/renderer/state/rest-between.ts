import type { Milliseconds } from '#shared/units/index.ts'

/** What decides when to ask for news again. */
export interface PaceOfNews {
  /** Somebody looks at the window. */
  readonly isSeen: () => boolean
  /** Something of it is drawn at the pace of samples. */
  readonly isAtOnce: () => boolean
  /** Calls back when one of these may have changed. */
  readonly subscribe: (listener: () => void) => () => void
}

/** The timeline, and what is asked anew when there is news, move so often where nothing is drawn at the pace of samples. */
const calmMs: Milliseconds = 250

/**
 * Waits until news are wanted: at once where each sample is drawn, else a moment later, and not before the window is
 * looked at again where nobody does. What came meanwhile is told together.
 */
export function restBetween(
  { isSeen, isAtOnce, subscribe }: PaceOfNews,
  signal: AbortSignal,
  restMs: Milliseconds = calmMs,
): Promise<void> {
  if (signal.aborted || (isSeen() && isAtOnce())) return Promise.resolve()
  return new Promise((resolve) => {
    let isRested = false
    const look = () => {
      if (signal.aborted || (isSeen() && (isRested || isAtOnce()))) end()
    }
    const timer = setTimeout(() => {
      isRested = true
      look()
    }, restMs)
    const stop = subscribe(look)
    const end = () => {
      clearTimeout(timer)
      stop()
      signal.removeEventListener('abort', look)
      resolve()
    }
    signal.addEventListener('abort', look)
  })
}
