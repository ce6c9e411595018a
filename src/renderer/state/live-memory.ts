import type { LoadDimension } from '#shared/activity/index.ts'
import type { LiveMetrics, LiveTail, LiveTick } from '#shared/contract/index.ts'
import type { Marker } from '#shared/session/index.ts'

/** The newest part of a recording, as this window has heard of it. Arrays grow at their end and are cut at their start. */
export interface LiveMemory {
  readonly ticks: readonly LiveTick[]
  readonly metrics: readonly LiveMetrics[]
  /** What has happened since the window began to listen, in order. */
  readonly markers: readonly Marker[]
  readonly latest: LiveTail['latest']
  /** What `byKey` of the ticks tells apart; ticks from before another dimension was asked for have none. */
  readonly by: LoadDimension | undefined
  /** Grows whenever what was known before may be wrong: another session, another recording, a gap in the tail. */
  readonly epoch: number
}

export interface WritableLiveMemory extends LiveMemory {
  /**
   * @param by what the tail was asked to tell apart
   * @returns whether there was anything new
   */
  take(tail: LiveTail, by?: LoadDimension): boolean
  /** Forgets everything; what was asked before has to be asked anew. */
  forget(): void
}

/** Ten minutes at ten samples a second. */
const mostTicks = 6_000
const mostMetrics = 6_000
const mostMarkers = 2_000

export function createLiveMemory(): WritableLiveMemory {
  const ticks: LiveTick[] = []
  const metrics: LiveMetrics[] = []
  let markers: readonly Marker[] = []
  let latest: LiveTail['latest'] = {}
  let known: LoadDimension | undefined
  let epoch = 0

  function forget(): void {
    ticks.length = 0
    metrics.length = 0
    markers = []
    latest = {}
    epoch += 1
  }

  return {
    ticks,
    metrics,
    get markers() {
      return markers
    },
    get latest() {
      return latest
    },
    get by() {
      return known
    },
    get epoch() {
      return epoch
    },
    forget,
    take(tail, by) {
      if (tail.restart) forget()
      if (by !== known)
        ticks.forEach(({ atMs, periodMs, byClass }, at) => (ticks[at] = { atMs, periodMs, byClass }))
      known = by
      const isNews = tail.restart || JSON.stringify(latest) !== JSON.stringify(tail.latest)
      append(ticks, tail.ticks, mostTicks)
      append(metrics, tail.metrics, mostMetrics)
      if (tail.markers.length > 0) markers = [...markers, ...tail.markers].slice(-mostMarkers)
      latest = tail.latest
      return isNews || tail.ticks.length > 0 || tail.metrics.length > 0 || tail.markers.length > 0
    },
  }
}

/** Cut rarely, and then by a good part, so that keeping the newest costs nothing to speak of. */
function append<Item>(items: Item[], news: readonly Item[], most: number): void {
  for (const item of news) items.push(item)
  if (items.length > most * 1.25) items.splice(0, items.length - most)
}
