import type { ChartPoints, ChartSource } from '#renderer/charts/index.ts'
import { type Buckets, bucketStartMs } from '#shared/series/index.ts'

/** What a chart draws of an answer of the contract: told anew with each answer. */
export interface AnswerSource extends ChartSource {
  show(points: ChartPoints): void
}

export function createAnswerSource(): AnswerSource {
  let points: ChartPoints = { atMs: [], values: [] }
  const listeners = new Set<() => void>()
  return {
    read: () => points,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show(next) {
      points = next
      for (const listener of Array.from(listeners)) listener()
    },
  }
}

/** Values of buckets as points in their middles. */
export function pointsOf(buckets: Buckets, values: readonly (readonly (number | null)[])[]): ChartPoints {
  const atMs = Array.from(
    { length: buckets.count },
    (_, index) => bucketStartMs(buckets, index) + buckets.stepMs / 2,
  )
  return { atMs, values }
}
