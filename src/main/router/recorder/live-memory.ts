import { createFeed } from '#main/tail/index.ts'
import {
  type ActivityTick,
  isLoad,
  type LoadDimension,
  loadKeyOf,
  type ProcessChoice,
} from '#shared/activity/index.ts'
import type { LiveMetrics, LiveTail, LiveTick } from '#shared/contract/index.ts'
import type { MetricTick } from '#shared/series/index.ts'
import type { Emission, Marker } from '#shared/session/index.ts'
import { createFingerprinter } from '#shared/statements/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { WaitClass } from '#shared/waits/index.ts'

export interface LiveTailInput {
  readonly after: number
  readonly waitMs: number
  readonly by?: LoadDimension
  readonly processes?: ProcessChoice
  readonly metrics?: readonly string[]
}

/** The newest part of a recording, for windows that follow it: samples reach the screen from here, not from the file. */
export interface LiveMemory {
  add(emission: Emission): void
  /** Forgets everything: another session, another server. Readers are told to begin anew. */
  clear(): void
  tail(input: LiveTailInput, now: () => EpochMs, signal?: AbortSignal): Promise<LiveTail>
}

type Kept =
  | { readonly kind: 'activity'; readonly tick: ActivityTick }
  | { readonly kind: 'metrics'; readonly tick: MetricTick }
  | { readonly kind: 'marker'; readonly marker: Marker }

/**
 * How far behind a window may fall before it has to ask for its range anew: about twenty seconds at the usual pace. A
 * tick holds an object for each backend, and what lives for long is dear to collect: keep few.
 */
const keptEntries = 400
/** Pruned in one go, now and then. */
const mostEntries = 600

/**
 * Each tick of activity is told as it comes. Other collectors look right after one, one after the other: what they tell
 * is told together, and what the tail only names goes with the next tick.
 */
const withinMs: Readonly<Partial<Record<Emission['kind'], Milliseconds>>> = {
  activity: 0,
  metrics: 40,
  marker: 40,
}
const namedWithinMs: Milliseconds = 200

export function createLiveMemory(): LiveMemory {
  const feed = createFeed()
  const fingerprint = createFingerprinter()
  let entries: { readonly number: number; readonly kept: Kept }[] = []
  const latest = new Map<Emission['kind'], EpochMs>()
  /** What has this number or a smaller one can't be told any more. */
  let forgotten = feed.version

  function prune(): void {
    if (entries.length < mostEntries) return
    const dropped = entries.length - keptEntries
    forgotten = Math.max(forgotten, entries[dropped - 1]?.number ?? 0)
    entries = entries.slice(dropped)
  }

  return {
    add(emission) {
      latest.set(emission.kind, momentOf(emission) ?? latest.get(emission.kind) ?? 0)
      if (emission.kind === 'activity' || emission.kind === 'metrics' || emission.kind === 'marker') {
        entries.push({ number: feed.version + 1, kept: emission })
        prune()
      }
      feed.changed(withinMs[emission.kind] ?? namedWithinMs)
    },
    clear() {
      entries = []
      latest.clear()
      forgotten = feed.version
      feed.changed()
    },
    async tail(input, now, signal) {
      const cameFromElsewhere = input.after > feed.version
      if (!cameFromElsewhere) await feed.wait(input.after, input.waitMs, signal)
      const restart = cameFromElsewhere || input.after < forgotten
      const from = restart ? forgotten : input.after
      const news = restart ? [] : entries.slice(firstAfter(entries, from)).map(({ kept }) => kept)
      return {
        cursor: feed.version,
        ticks: news.flatMap((kept) =>
          kept.kind === 'activity' ? [toLiveTick(kept.tick, input, fingerprint)] : [],
        ),
        metrics: news.flatMap((kept) =>
          kept.kind === 'metrics' ? toLiveMetrics(kept.tick, input.metrics) : [],
        ),
        markers: news.flatMap((kept) => (kept.kind === 'marker' ? [kept.marker] : [])),
        latest: Object.fromEntries(latest),
        nowMs: now(),
        restart,
      }
    },
  }
}

/** Entries are in the order of their numbers, and readers want the last few. */
function firstAfter(entries: readonly { readonly number: number }[], number: number): number {
  let index = entries.length
  while (index > 0 && (entries[index - 1]?.number ?? 0) > number) index -= 1
  return index
}

function momentOf(emission: Emission): EpochMs | undefined {
  if ('tick' in emission) return emission.tick.atMs
  if (emission.kind === 'marker') return emission.marker.atMs
  if (emission.kind === 'schema') return emission.reading.atMs
  return 'atMs' in emission ? emission.atMs : undefined
}

function toLiveTick(
  tick: ActivityTick,
  { by, processes = 'clients' }: LiveTailInput,
  fingerprint: ReturnType<typeof createFingerprinter>,
): LiveTick {
  const byClass = new Map<WaitClass, number>()
  const byKey = new Map<string, number>()
  for (const sample of tick.backends) {
    if (!isLoad(sample, processes)) continue
    byClass.set(sample.waitClass, (byClass.get(sample.waitClass) ?? 0) + 1)
    if (by === undefined) continue
    const key = loadKeyOf(sample, by, fingerprint)
    byKey.set(key, (byKey.get(key) ?? 0) + 1)
  }
  const { atMs, periodMs } = tick
  return { atMs, periodMs, byClass: [...byClass], ...(by === undefined ? {} : { byKey: [...byKey] }) }
}

function toLiveMetrics(tick: MetricTick, wanted: readonly string[] | undefined): readonly LiveMetrics[] {
  if (wanted === undefined) return []
  const names = new Set(wanted)
  const samples = tick.samples.filter(({ metric }) => names.has(metric))
  if (samples.length === 0) return []
  return [
    {
      atMs: tick.atMs,
      periodMs: tick.periodMs,
      samples: samples.map(({ metric, labels = [], value }) => [metric, labels, value] as const),
    },
  ]
}
