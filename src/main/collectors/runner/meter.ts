import type { ObserverCost } from '#shared/session/index.ts'
import type { Milliseconds, Ratio } from '#shared/units/index.ts'

/** Figures are over so much of the last time. */
const windowMs = 10_000
/** Of fewer answers nothing is told. */
const fewest = 5

interface Answered {
  readonly question: string
  readonly collector: string
  readonly endMs: Milliseconds
  readonly tookMs: Milliseconds
}

type Basis = NonNullable<ObserverCost['coreShareFrom']>

export interface CoreShare {
  readonly share: Ratio
  readonly from: Basis
  /** How much of it each collector's answers are, by their time; together 1. */
  readonly parts: ReadonlyMap<string, Ratio>
  /** It was measured over so long. */
  readonly spanMs: Milliseconds
}

/** What watching costs, over the last few seconds. Times are of a clock that never jumps. */
export interface Meter {
  answered(collector: string, question: string, tookMs: Milliseconds, endMs: Milliseconds): void
  /** An answer to a question that costs the server nothing: what is left is the way there and back. */
  pinged(tookMs: Milliseconds): void
  /** Processor time that the server's process has used since it began. */
  processor(usedMs: Milliseconds, atMs: Milliseconds): void
  skipped(count: number): void
  /** What the share of a core is taken from on this connection; nothing is told before. */
  measureBy(basis: Basis): void
  /** Another connection or another pace: older figures say nothing about it. */
  restart(atMs: Milliseconds): void
  readonly skippedTicks: number
  lagP95Ms(atMs: Milliseconds): Milliseconds | undefined
  /** `undefined` until at least `leastMs` have been measured. */
  coreShare(atMs: Milliseconds, leastMs: Milliseconds): CoreShare | undefined
}

export function createMeter(startedMs: Milliseconds): Meter {
  let answers: Answered[] = []
  let pings: Milliseconds[] = []
  let readings: { readonly usedMs: Milliseconds; readonly atMs: Milliseconds }[] = []
  let skippedTicks = 0
  let sinceMs = startedMs
  let basis: Basis | undefined

  const recent = (atMs: Milliseconds): readonly Answered[] =>
    answers.filter(({ endMs }) => endMs > Math.max(sinceMs, atMs - windowMs))

  function fromProcessor(atMs: Milliseconds, leastMs: Milliseconds): Ratio | undefined {
    const inWindow = readings.filter((reading) => reading.atMs > atMs - windowMs - 500)
    const [first, last] = [inWindow[0], inWindow.at(-1)]
    if (first === undefined || last === undefined || last.atMs - first.atMs < Math.max(1, leastMs))
      return undefined
    return (last.usedMs - first.usedMs) / (last.atMs - first.atMs)
  }

  /** How much longer answers take than one that costs nothing; lower quartiles, as both ways have their hiccups. */
  function fromAnswers(atMs: Milliseconds, leastMs: Milliseconds): Ratio | undefined {
    const spanMs = Math.min(windowMs, atMs - sinceMs)
    const wayMs = quantile(pings, 0.25)
    if (spanMs < Math.max(1, leastMs) || wayMs === undefined) return undefined
    let busyMs = 0
    for (const [, tooks] of Map.groupBy(recent(atMs), ({ question }) => question)) {
      const usualMs =
        quantile(
          tooks.map(({ tookMs }) => tookMs),
          0.25,
        ) ?? 0
      busyMs += tooks.length * Math.max(0, usualMs - wayMs)
    }
    return busyMs / spanMs
  }

  return {
    answered(collector, question, tookMs, endMs) {
      answers.push({ collector, question, tookMs, endMs })
      if (answers.length % 500 === 0) answers = answers.filter((answer) => answer.endMs > endMs - windowMs)
    },
    pinged(tookMs) {
      pings = [...pings.slice(-19), tookMs]
    },
    processor(usedMs, atMs) {
      readings = [...readings.slice(-60), { usedMs, atMs }]
    },
    skipped(count) {
      skippedTicks += count
    },
    measureBy(given) {
      basis = given
    },
    restart(atMs) {
      readings = []
      sinceMs = atMs
    },
    get skippedTicks() {
      return skippedTicks
    },
    lagP95Ms(atMs) {
      const tooks = recent(atMs).map(({ tookMs }) => tookMs)
      return tooks.length < fewest ? undefined : quantile(tooks, 0.95)
    },
    coreShare(atMs, leastMs) {
      const share = basis === 'schedstat' ? fromProcessor(atMs, leastMs) : fromAnswers(atMs, leastMs)
      if (basis === undefined || share === undefined) return undefined
      return {
        share,
        from: basis,
        parts: partsOf(recent(atMs)),
        spanMs: Math.min(windowMs, atMs - sinceMs),
      }
    },
  }
}

function partsOf(answers: readonly Answered[]): ReadonlyMap<string, Ratio> {
  const sums = new Map<string, Milliseconds>()
  let totalMs = 0
  for (const { collector, tookMs } of answers) {
    sums.set(collector, (sums.get(collector) ?? 0) + tookMs)
    totalMs += tookMs
  }
  return new Map([...sums].map(([collector, tookMs]) => [collector, tookMs / totalMs]))
}

function quantile(values: readonly number[], share: Ratio): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}
