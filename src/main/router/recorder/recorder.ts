import type { Collecting, CollectingOptions } from '#main/collectors/index.ts'
import { createOrder } from '#main/order/index.ts'
import type { SessionStore } from '#main/store/index.ts'
import type { Targets } from '#main/targets/index.ts'
import type { LiveTail } from '#shared/contract/index.ts'
import type { ProcessWatch } from '#shared/host/index.ts'
import type { MetricId } from '#shared/series/index.ts'
import { type Emission, type Recording, type RecordingState, WorkbenchError } from '#shared/session/index.ts'
import type { Bytes, EpochMs, Hertz } from '#shared/units/index.ts'
import { createLiveMemory, type LiveTailInput } from './live-memory.ts'

export interface RecorderOptions {
  readonly targets: Targets
  readonly store: SessionStore
  readonly startCollecting: (options: CollectingOptions) => Promise<Collecting>
  /** Processes that the user wants to see beside the server. */
  readonly watches: () => readonly ProcessWatch[]
  readonly onChange: () => void
  readonly now: () => EpochMs
}

export type GoesOn<Answer> = (answer: Answer | undefined, wasOn: boolean) => boolean | Promise<boolean>

/** Hands what collectors see to the session and to the windows that follow it. */
export interface Recorder {
  /** Starts recording the connected server into the open session; answers with the recording under way if it is on. */
  start(hz?: Hertz): Promise<Recording>
  stop(): Promise<void>
  setRate(hz: Hertz): void
  /** The connected server was away and is back: a recording that waits for it goes on at once. */
  serverIsBack(): void
  state(): RecordingState
  tail(input: LiveTailInput, signal?: AbortSignal): Promise<LiveTail>
  /**
   * Ends the recording, does `change` (another session, another server), and records again if `goesOn` says so.
   * `answer` is absent where the change has failed; `wasOn`: it was being recorded before.
   */
  around<Answer>(change: () => Promise<Answer>, goesOn: GoesOn<Answer>): Promise<Answer>
}

/** Samples of activity a second, unless the user chose otherwise. */
export const defaultRateHz = 10

/** The meter goes into the session at this pace. */
const meterMs = 1_000

interface Active {
  readonly recording: Recording
  readonly collecting: Collecting
  /** Size of the session's file before it. */
  readonly fileBytesBefore: Bytes
  readonly stopMeter: () => void
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { targets, store, now, onChange } = options
  const memory = createLiveMemory()
  let active: Active | undefined
  let rateHz: Hertz = defaultRateHz
  /** For starts and stops: two recordings at once would mix. */
  const inOrder = createOrder()

  function take(emission: Emission): void {
    store.recorded.append(emission)
    memory.add(emission)
  }

  /** What watching costs is part of what is recorded. */
  function startMeter(collecting: Collecting): () => void {
    const timer = setInterval(() => {
      if (collecting.awaySince() !== undefined) return
      const { actualHz, lagP95Ms, coreShare } = collecting.cost()
      const figures: readonly (readonly [MetricId, number | undefined])[] = [
        ['observer.rate', actualHz],
        ['observer.lag-ms', lagP95Ms],
        ['observer.core-share', coreShare],
      ]
      const samples = figures.flatMap(([metric, value]) => (value === undefined ? [] : [{ metric, value }]))
      take({ kind: 'metrics', tick: { atMs: now(), periodMs: meterMs, samples } })
    }, meterMs)
    timer.unref()
    return () => clearInterval(timer)
  }

  async function startNow(): Promise<Recording> {
    if (active !== undefined) return active.recording
    const connected = targets.state()
    if (connected.status !== 'connected') {
      throw new WorkbenchError('NOT_CONNECTED', 'No server is connected, so there is nothing to record.', {
        advice: 'Start the demo server or connect to a PostgreSQL server first.',
      })
    }
    const { server } = connected
    const startedAtMs = now()
    const fileBytesBefore = store.current().fileBytes
    const recording = await store.recorded.begin({ target: targets.stamp(), startedAtMs, hz: rateHz })
    memory.clear()
    try {
      const collecting = await options.startCollecting({
        openClient: (openOptions) => targets.openClient(openOptions),
        server: () => {
          const state = targets.state()
          return state.status === 'connected' ? state.server : server
        },
        hz: rateHz,
        ownTransactions: () => targets.ownTransactions(),
        emit: take,
        watches: options.watches,
        onChange,
        now,
      })
      active = { recording, collecting, fileBytesBefore, stopMeter: startMeter(collecting) }
    } catch (error) {
      await store.recorded.end(now())
      throw error
    }
    take({
      kind: 'marker',
      marker: { kind: 'recording-started', atMs: startedAtMs, label: 'Recording started' },
    })
    onChange()
    return recording
  }

  async function stopNow(): Promise<boolean> {
    const ending = active
    if (ending === undefined) return false
    active = undefined
    ending.stopMeter()
    await ending.collecting.stop()
    const atMs = now()
    take({ kind: 'marker', marker: { kind: 'recording-stopped', atMs, label: 'Recording stopped' } })
    await store.recorded.end(atMs)
    onChange()
    return true
  }

  return {
    start: (hz) =>
      inOrder(() => {
        if (hz !== undefined) rateHz = hz
        return startNow()
      }),
    stop: () => inOrder(async () => void (await stopNow())),
    setRate(hz) {
      rateHz = hz
      active?.collecting.setRate(hz)
    },
    serverIsBack: () => active?.collecting.tryNow(),
    state() {
      if (active === undefined) {
        const reason = store.recorded.reason()
        return { status: 'off', ...(reason === undefined ? {} : { problem: reason }) }
      }
      const { recording, collecting, fileBytesBefore } = active
      const { ordinal, startedAtMs } = recording
      const since = collecting.awaySince()
      const problem = store.recorded.problem()
      const trouble = problem === undefined ? {} : { problem }
      if (since !== undefined) return { status: 'waiting', ordinal, startedAtMs, since, ...trouble }
      const recordedBytes = Math.max(0, store.current().fileBytes - fileBytesBefore)
      const cost = { ...collecting.cost(), recordedBytes }
      return { status: 'on', ordinal, startedAtMs, cost, limits: collecting.limits(), ...trouble }
    },
    tail: (input, signal) => memory.tail(input, now, signal),
    around: <Answer>(change: () => Promise<Answer>, goesOn: GoesOn<Answer>) =>
      inOrder(async () => {
        const wasOn = await stopNow()
        memory.clear()
        let answer: Answer | undefined
        try {
          answer = await change()
          return answer
        } finally {
          // What keeps it from going on (a read-only session, a server that is gone) is no fault of the change.
          if (await goesOn(answer, wasOn)) await startNow().catch(() => undefined)
        }
      }),
  }
}
