import type { ServerClient } from '#main/targets/index.ts'
import type { Hertz, Milliseconds } from '#shared/units/index.ts'
import { classifyWait, type WaitSample } from '#shared/waits/index.ts'
import activitySql from './activity.sql?raw'
import { ask } from './connection.ts'

export interface Sampling {
  readonly client: ServerClient
  readonly pid: number
  readonly hz: Hertz
  /** Milliseconds since the statement was sent. */
  readonly clock: () => Milliseconds
  /** One answered tick. */
  onTick(tick: Tick): void
  /** What else there is to ask, after a tick and before the next; its time may cost the next tick. */
  between(tick: Tick): Promise<void>
  /** The next `count` ticks were too late to be taken. */
  onSkipped(count: number): void
  /** The observer is gone: sampling ends, the run goes on. */
  onLost(cause: unknown): void
}

export interface Tick {
  /** On the grid of the sampling period, from 0. */
  readonly number: number
  readonly samples: readonly WaitSample[]
  readonly answerMs: Milliseconds
  /** As the server measured it. */
  readonly serverMs: Milliseconds
}

export interface Sampler {
  /** Ends sampling and waits for the question in flight. */
  stop(): Promise<void>
}

/** Question and statement race to the server: the first tick is asked again when it comes too early. */
const maxEarlyTries = 2

/**
 * Samples a backend on a fixed grid: first tick at once, then every period. A tick whose time has come while the last
 * one is still being answered is skipped and counted, never queued: a slow server isn't asked twice as often afterwards.
 */
export function startSampling(sampling: Sampling): Sampler {
  const { clock } = sampling
  const periodMs = 1_000 / sampling.hz
  let isStopped = false
  let wake: (() => void) | undefined

  async function sleep(ms: Milliseconds): Promise<void> {
    if (isStopped) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function run(): Promise<void> {
    let number = 0
    let earlyTries = 0
    for (;;) {
      const tick = await takeTick(sampling, number)
      if (isStopped) return
      if (tick.samples.length === 0 && number === 0 && earlyTries < maxEarlyTries) {
        earlyTries += 1
        await sleep(1)
        continue
      }
      if (tick.samples.length > 0) sampling.onTick(tick)
      await sampling.between(tick)
      const next = Math.max(number + 1, Math.ceil(clock() / periodMs))
      if (next > number + 1 && !isStopped) sampling.onSkipped(next - number - 1)
      number = next
      // The answer to a tick right at its time must not bring the next one forward.
      await sleep(Math.max(0, number * periodMs - clock()))
      if (isStopped) return
    }
  }

  const running = run().catch((cause: unknown) => {
    if (!isStopped) sampling.onLost(cause)
  })
  return {
    async stop() {
      isStopped = true
      wake?.()
      await running
    },
  }
}

/** States in which a backend has not yet got the statement, or has ended it. */
function isIdle(state: string | null): boolean {
  return state?.startsWith('idle') === true
}

async function takeTick(sampling: Sampling, number: number): Promise<Tick> {
  const sentMs = sampling.clock()
  const rows = await ask(sampling.client, 'activity', activitySql, [String(sampling.pid)])
  const answeredMs = sampling.clock()
  // The server looked at some moment between question and answer.
  const atMs = (sentMs + answeredMs) / 2
  const samples = rows.flatMap(([pid, state = null, waitType = null, waitEvent = null]): WaitSample[] => {
    if (isIdle(state)) return []
    const isLeader = Number(pid) === sampling.pid
    return [
      {
        atMs,
        pid: Number(pid),
        role: isLeader ? 'leader' : 'worker',
        state: state ?? 'unknown',
        ...classifyWait(state, waitType, waitEvent),
      },
    ]
  })
  const serverMs = rows.reduce((most, row) => Math.max(most, Number(row[4] ?? 0)), 0)
  return { number, samples, answerMs: answeredMs - sentMs, serverMs }
}
