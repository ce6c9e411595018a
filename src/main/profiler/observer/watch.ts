import { quoteIdentifier } from '#main/targets/index.ts'
import type { Hertz, Milliseconds } from '#shared/units/index.ts'
import type { HeldLock, RunWaits, WaitSample } from '#shared/waits/index.ts'
import { ask, type ObserverConnection } from './connection.ts'
import { createLockWatch, listHeldLocks } from './lock-watch.ts'
import type { Meter } from './meter.ts'
import type { progressOf, ServerProgress } from './progress.ts'
import { createSampleLog } from './sample-log.ts'
import { type Sampler, startSampling, type Tick } from './sampler.ts'
import tempFilesSql from './temp-files.sql?raw'

export interface WatchOptions {
  readonly observer: ObserverConnection
  readonly pid: number
  readonly hz: Hertz
  /** Milliseconds since the statement was sent. */
  readonly clock: () => Milliseconds
  readonly startedAtMs: number
  readonly meter: Meter
  readonly askProgress: ReturnType<typeof progressOf>
  readonly onSamples: (samples: readonly WaitSample[]) => void
  readonly onProgress: (progress: ServerProgress | undefined) => void
}

/** What was seen of a run, as far as the second connection can tell. */
export interface Watch {
  /** Ends sampling; what came after `elapsedMs` is dropped. */
  stop(elapsedMs: Milliseconds): Promise<void>
  /** Counts the locks held right now: while the run's transaction is open, after its statement. */
  takeCensus(): Promise<void>
  result(): RunWaits
}

/** How often each further question is asked, and how long after the start at the earliest. */
const everyMs = { lockWaits: 90, temp: 250, census: 500, progress: 400 } as const
const firstMs = { lockWaits: 0, temp: 40, census: 500, progress: 200 } as const
type Question = keyof typeof everyMs

export function watchRun(options: WatchOptions): Watch {
  const { observer, clock, pid, meter } = options
  const { client, abilities } = observer
  const log = createSampleLog()
  const locks = createLockWatch(client)
  const notes = new Set<string>()
  const due: Record<Question, Milliseconds> = { ...firstMs }
  const workers = new Set<number>()
  let heldLocks: readonly HeldLock[] = []
  let peakTempBytes: number | undefined
  let skippedTicks = 0
  let serverMs = 0
  let sampler: Sampler | undefined

  function isDue(question: Question, atMs: Milliseconds): boolean {
    if (atMs < due[question]) return false
    due[question] = atMs + everyMs[question]
    return true
  }

  /** A question besides sampling may fail (a timeout, a relation just dropped): that costs its answer, nothing else. */
  async function timed(work: () => Promise<void>): Promise<void> {
    const from = performance.now()
    try {
      await work()
    } catch (error) {
      if (client.isLost) throw error
      const reason = error instanceof Error ? error.message : String(error)
      notes.add(`One of the observer’s questions was not answered: ${reason}`)
    }
    serverMs += performance.now() - from
  }

  async function lookAtTempFiles(samples: readonly WaitSample[]): Promise<void> {
    const pids = new Set([pid, ...samples.map((sample) => sample.pid)])
    const [row] = await ask(client, 'temp_files', tempFilesSql, [`{${[...pids].join(',')}}`])
    peakTempBytes = Math.max(peakTempBytes ?? 0, Number(row?.[0] ?? 0))
  }

  async function takeCensus(): Promise<void> {
    if (client.isLost) return
    await timed(async () => {
      heldLocks = await listHeldLocks(client, pid)
    })
  }

  /** At most one further question a tick, so that the next tick is not late. */
  async function between({ samples }: Tick): Promise<void> {
    const atMs = clock()
    const waits = samples.some((sample) => sample.waitClass === 'Lock')
    if (waits && isDue('lockWaits', atMs)) return await timed(() => locks.look(samples, atMs))
    if (samples.length === 0) return
    if (abilities.mayListTempFiles && isDue('temp', atMs)) return await timed(() => lookAtTempFiles(samples))
    if (options.askProgress !== undefined && isDue('progress', atMs)) return await timed(lookAtProgress)
    if (isDue('census', atMs)) await takeCensus()
  }

  async function lookAtProgress(): Promise<void> {
    options.onProgress(await options.askProgress?.(client, pid))
  }

  meter.start(options.hz, performance.now())
  sampler = startSampling({
    client,
    pid,
    hz: options.hz,
    clock,
    between,
    onTick(tick) {
      serverMs += tick.serverMs
      meter.tick(tick.answerMs, tick.serverMs)
      for (const sample of tick.samples) if (sample.role === 'worker') workers.add(sample.pid)
      if (log.add(tick.number, tick.samples)) options.onSamples(tick.samples)
    },
    onSkipped(count) {
      skippedTicks += count
      meter.skip(count)
    },
    onLost(cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      notes.add(`Sampling ended ${Math.round(clock())} ms into the run: ${reason}`)
    },
  })

  return {
    async stop(elapsedMs) {
      await stopInTime(sampler, () => client.destroy())
      meter.end(performance.now())
      log.cutAfter(elapsedMs)
    },
    takeCensus,
    result: () => ({
      requestedHz: options.hz,
      startedAtMs: options.startedAtMs,
      ticks: log.ticks,
      skippedTicks,
      samples: log.samples,
      lockWaits: locks.lockWaits,
      heldLocks,
      ...(peakTempBytes === undefined ? {} : { peakTempBytes }),
      notes: [...notes, ...describeLimits(observer, log.stride)],
      observerQueryMs: serverMs,
    }),
  }
}

/** A question that gets no answer must not hold up the end of the run: the connection is given up for it. */
async function stopInTime(sampler: Sampler | undefined, giveUp: () => void): Promise<void> {
  const timer = setTimeout(giveUp, 3_000)
  await sampler?.stop()
  clearTimeout(timer)
}

function describeLimits({ abilities }: ObserverConnection, stride: number): readonly string[] {
  const notes: string[] = []
  if (!abilities.mayListTempFiles) {
    const grant = `GRANT pg_monitor TO ${quoteIdentifier(abilities.user)};`
    notes.push(`Temporary files are not shown: pg_ls_tmpdir() is not allowed. ${grant}`)
  }
  if (stride > 1) notes.push(`The run was long, so that only one sample in ${stride} is kept, evenly.`)
  return notes
}

/** What there is to say of a run that nobody could watch. */
export function unwatched(hz: Hertz, startedAtMs: number, reason: string): RunWaits {
  return {
    requestedHz: hz,
    startedAtMs,
    ticks: 0,
    skippedTicks: 0,
    samples: [],
    lockWaits: [],
    heldLocks: [],
    notes: [reason],
    observerQueryMs: 0,
  }
}
