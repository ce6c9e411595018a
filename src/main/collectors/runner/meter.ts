import type { ObserverCost } from '#shared/session/index.ts'
import type { Milliseconds, Ratio } from '#shared/units/index.ts'

/** Figures are over so much of the last time. */
const windowMs = 10_000
/** Of fewer answers nothing is told. */
const fewest = 5
/** A way there and back so many times as long as the shortest, and longer by so much, led through a queue. */
const queueTimes = 2
const queueMs = 5

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
  pinged(tookMs: Milliseconds, atMs: Milliseconds): void
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
  /** Those that no queue held up. */
  let calmPings: readonly Milliseconds[] = []
  let lastPings: readonly Milliseconds[] = []
  let leastWayMs = Number.POSITIVE_INFINITY
  /** When the last ping was, if no queue held it up. */
  let calmSinceMs: Milliseconds | undefined
  let calmAnswers: readonly Answered[] = []
  /** What one answer to a question takes beyond the way, where no queue holds it up. */
  const costs = new Map<string, Milliseconds>()
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

  /** What answers took beyond the way; lower quartiles, as both have their hiccups. */
  function costOf(tooks: readonly Answered[], wayMs: Milliseconds): Milliseconds {
    const usualMs = quantile(
      tooks.map(({ tookMs }) => tookMs),
      0.25,
    )
    return Math.max(0, (usualMs ?? 0) - wayMs)
  }

  const byQuestion = (some: readonly Answered[]) => Map.groupBy(some, ({ question }) => question)

  /** Between two pings that no queue held up, answers took what they take. */
  function learn(fromMs: Milliseconds, toMs: Milliseconds): void {
    const wayMs = quantile(calmPings, 0.25) ?? 0
    const between = answers.filter(({ endMs }) => endMs > fromMs && endMs <= toMs)
    calmAnswers = [...calmAnswers, ...between].filter(({ endMs }) => endMs > toMs - windowMs)
    for (const [question, tooks] of byQuestion(calmAnswers)) costs.set(question, costOf(tooks, wayMs))
  }

  /**
   * How much longer answers take than one that costs nothing. Where all of them stand in a queue (a pool without a free
   * connection, a server without a free core) that can't be told: they cost then what they cost before.
   */
  function fromAnswers(atMs: Milliseconds, leastMs: Milliseconds): Ratio | undefined {
    const spanMs = Math.min(windowMs, atMs - sinceMs)
    const wayMs = calmSinceMs === undefined ? quantile(lastPings, 0.5) : quantile(calmPings, 0.25)
    if (spanMs < Math.max(1, leastMs) || wayMs === undefined) return undefined
    let busyMs = 0
    for (const [question, tooks] of byQuestion(recent(atMs)))
      busyMs += tooks.length * (costs.get(question) ?? costOf(tooks, wayMs))
    return busyMs / spanMs
  }

  return {
    answered(collector, question, tookMs, endMs) {
      answers.push({ collector, question, tookMs, endMs })
      if (answers.length % 500 === 0) answers = answers.filter((answer) => answer.endMs > endMs - windowMs)
    },
    pinged(tookMs, atMs) {
      leastWayMs = Math.min(leastWayMs, tookMs)
      lastPings = [...lastPings.slice(-2), tookMs]
      const isCalm = tookMs <= queueTimes * leastWayMs + queueMs
      if (isCalm) calmPings = [...calmPings.slice(-19), tookMs]
      if (isCalm && calmSinceMs !== undefined) learn(calmSinceMs, atMs)
      calmSinceMs = isCalm ? atMs : undefined
    },
    processor(usedMs, atMs) {
      readings = [...readings.slice(-60), { usedMs, atMs }]
    },
    skipped(count) {
      skippedTicks += count
    },
    measureBy(given) {
      basis = given
      calmPings = []
      calmAnswers = []
      lastPings = []
      calmSinceMs = undefined
      leastWayMs = Number.POSITIVE_INFINITY
      costs.clear()
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
