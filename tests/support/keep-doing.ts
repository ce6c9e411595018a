import { setTimeout as rest } from 'node:timers/promises'

/** What tests put on a server is to be seen, not to take the cores from the tests beside them. */
const restPerWork = 2
const longestRestMs = 200

/**
 * Does something again and again, with rests, until what it answers is called; that resolves when the last round is over.
 */
export function keepDoing(work: (round: number) => Promise<unknown>): () => Promise<void> {
  const stopping = new AbortController()
  const over = (async () => {
    for (let round = 1; !stopping.signal.aborted; round += 1) {
      const startedAtMs = performance.now()
      await work(round)
      await rest(Math.min(longestRestMs, restPerWork * (performance.now() - startedAtMs)))
    }
  })()
  return async () => {
    stopping.abort()
    await over
  }
}
