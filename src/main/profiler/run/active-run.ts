import { createFeed } from '#main/tail/index.ts'
import type { RunProgress } from '#shared/contract/index.ts'
import type { Run } from '#shared/session/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import type { WaitSample } from '#shared/waits/index.ts'
import type { ServerProgress } from '../observer/progress.ts'
import type { RunResult } from '../result/result.ts'
import { type Cancellation, createCancellation } from './cancellation.ts'

/** Readers are woken at most this often while a run goes on: a window draws no faster. */
const wakeEveryMs = 40
/** A reader that comes late gets the latest samples of a long run; the stored run has them all. */
const maxNews = 50_000

/** One run in memory, from its start until newer ones take its place. */
export interface ActiveRun {
  readonly runId: string
  readonly result: RunResult
  readonly cancellation: Cancellation
  readonly run: Run
  readonly isOver: boolean
  setPhase(phase: string): void
  /** The statement was sent. */
  startClock(clock: () => Milliseconds): void
  addRows(received: number): void
  addSamples(samples: readonly WaitSample[]): void
  setProgress(progress: ServerProgress | undefined): void
  /** The last state; nothing changes after it. */
  end(run: Run): void
  tail(after: number, waitMs: Milliseconds, signal?: AbortSignal): Promise<RunProgress>
  /** Resolves when the run is over. */
  over(): Promise<void>
}

export function createActiveRun(first: Run, result: RunResult): ActiveRun {
  const feed = createFeed()
  const cancellation = createCancellation()
  /** Samples with the version of the feed at which they are news. */
  let news: { readonly version: number; readonly sample: WaitSample }[] = []
  let run = first
  let phase = 'connecting'
  let rows = 0
  let clock: (() => Milliseconds) | undefined
  let serverProgress: ServerProgress | undefined
  let timer: NodeJS.Timeout | undefined
  let announceEnd: () => void = () => {}
  const ended = new Promise<void>((resolve) => {
    announceEnd = resolve
  })

  function wake(): void {
    clearTimeout(timer)
    timer = undefined
    feed.changed()
  }

  function wakeSoon(): void {
    timer ??= setTimeout(wake, wakeEveryMs)
  }

  return {
    runId: first.runId,
    result,
    cancellation,
    get run() {
      return run
    },
    get isOver() {
      return run.state !== 'running'
    },
    setPhase(next) {
      if (phase === next) return
      phase = next
      wake()
    },
    startClock(next) {
      clock = next
    },
    addRows(received) {
      rows = received
      wakeSoon()
    },
    addSamples(samples) {
      for (const sample of samples) news.push({ version: feed.version + 1, sample })
      if (news.length > maxNews) news = news.slice(-maxNews / 2)
      wakeSoon()
    },
    setProgress(progress) {
      serverProgress = progress
      wakeSoon()
    },
    end(last) {
      run = last
      // The run holds them all.
      news = []
      wake()
      announceEnd()
    },
    async tail(after, waitMs, signal) {
      if (run.state === 'running') await feed.wait(after, waitMs, signal)
      const isOver = run.state !== 'running'
      return {
        cursor: feed.version,
        runId: run.runId,
        state: run.state,
        phase: isOver ? run.state : cancellation.isRequested ? 'cancelling' : phase,
        elapsedMs: isOver ? run.timings.elapsedMs : (clock?.() ?? 0),
        rows: isOver ? run.rows : rows,
        ...(serverProgress === undefined || isOver ? {} : { serverProgress }),
        // Those that nobody was woken for yet come with the next cursor.
        newSamples: news
          .slice(firstAfter(news, after), firstAfter(news, feed.version))
          .map((entry) => entry.sample),
        ...(isOver ? { run } : {}),
      }
    },
    over: () => ended,
  }
}

/** Where the entries newer than a version begin; they are in order. */
function firstAfter(news: readonly { readonly version: number }[], after: number): number {
  let low = 0
  let high = news.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((news[middle]?.version ?? 0) > after) high = middle
    else low = middle + 1
  }
  return low
}
