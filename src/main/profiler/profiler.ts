import type { OpenOptions, ServerClient } from '#main/targets/index.ts'
import type { ObserverMeter, ResultWindow, RunProgress } from '#shared/contract/index.ts'
import { type Run, type ServerFacts, type TargetStamp, WorkbenchError } from '#shared/session/index.ts'
import type { StatementNature } from '#shared/statements/index.ts'
import { createConnections, runApplication } from './connections.ts'
import { createMeter } from './observer/meter.ts'
import { unwatched } from './observer/watch.ts'
import { createResult } from './result/result.ts'
import { createTypeNames } from './result/type-names.ts'
import { type ActiveRun, createActiveRun } from './run/active-run.ts'
import { performRun } from './run/perform.ts'
import { createShelf } from './shelf.ts'
import { checkStart, type StartInput } from './start-check.ts'
import { parameterTypes } from './statements/parameter-types.ts'

export interface ProfilerHost {
  /** Opens one more connection to the target. */
  openClient(options: OpenOptions): Promise<ServerClient>
  /** The connected server; throws `NOT_CONNECTED`. */
  server(): ServerFacts
  stamp(): TargetStamp
  nextOrdinal(): Promise<number> | number
  /** At the start (`running`) and at the end of each run; awaited before the end is told. */
  onRunChanged(run: Run): void | Promise<void>
  now(): number
  newId(): string
}

/** One statement under observation at a time. */
export interface Profiler {
  start(input: StartInput): Promise<{ readonly runId: string }>
  tail(
    input: { readonly runId: string; readonly after: number; readonly waitMs: number },
    signal?: AbortSignal,
  ): Promise<RunProgress>
  rows(input: { readonly runId: string; readonly from: number; readonly count: number }): ResultWindow
  cell(input: { readonly runId: string; readonly row: number; readonly column: number }): {
    readonly value: string | null
  }
  cancel(runId: string): Promise<void>
  parameterTypes(statement: string): Promise<{ readonly types: readonly string[] }>
  meter(): ObserverMeter
  /**
   * Lets go of the connections, because the target was left; the next run opens new ones. Those of a run under way go
   * with its end.
   */
  release(): Promise<void>
  /** Cancels what runs, waits for its end, closes the connections. */
  close(): Promise<void>
}

const maxResultBytes = 128 * 1_024 * 1_024

export function createProfiler(host: ProfilerHost): Profiler {
  const meter = createMeter()
  const typeNames = createTypeNames()
  const shelf = createShelf()
  const connections = createConnections({
    openClient: (options) => host.openClient(options),
    server: () => host.server(),
    onOtherServer: () => typeNames.forget(),
  })
  let current: ActiveRun | undefined
  let isStarting = false
  let isClosed = false
  let isPerforming = false
  /** Somebody wanted the connections gone while a run used them: they go with its end. */
  let isLeaving = false

  async function start(input: StartInput): Promise<{ runId: string }> {
    const server = host.server()
    const { statement, nature } = checkStart(input, server)
    if (isClosed || isStarting || current?.isOver === false) {
      throw new WorkbenchError(
        'RUN_ACTIVE',
        'Another run is under way, and two at once would disturb each other.',
        {
          advice: 'Wait for its end or cancel it.',
          data: current === undefined ? {} : { runId: current.runId },
        },
      )
    }
    isStarting = true
    try {
      const run = newRun(input, statement, await host.nextOrdinal(), host)
      const limits = {
        maxRows: run.options.mode === 'run' ? run.options.maxRows : 1,
        maxBytes: maxResultBytes,
      }
      const active = createActiveRun(run, createResult(limits))
      await host.onRunChanged(run)
      current = active
      shelf.put(active)
      void perform(active, nature, server.versionNum)
      return { runId: run.runId }
    } finally {
      isStarting = false
    }
  }

  async function perform(active: ActiveRun, nature: StatementNature, versionNum: number): Promise<void> {
    isPerforming = true
    const run = await performRun({ active, nature, connections, versionNum, meter, typeNames })
    isPerforming = false
    // Before the end is told: the next run opens its own.
    if (isLeaving) void connections.release()
    isLeaving = false
    try {
      await host.onRunChanged(run)
      active.end(run)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      active.end({ ...run, notes: [...run.notes, `This run could not be stored: ${reason}`] })
    }
    shelf.trim()
  }

  async function release(): Promise<void> {
    if (isPerforming) isLeaving = true
    else await connections.release()
  }

  async function close(): Promise<void> {
    isClosed = true
    if (current?.isOver === false) {
      await current.cancellation.request()
      await current.over()
    }
    await connections.release()
  }

  return {
    start,
    tail: async ({ runId, after, waitMs }, signal) => await shelf.get(runId).tail(after, waitMs, signal),
    rows: ({ runId, from, count }) => shelf.withRows(runId).result.window(from, count, typeNames.names),
    cell({ runId, row, column }) {
      const value = shelf.withRows(runId).result.cell(row, column)
      if (value === undefined) throw new WorkbenchError('INPUT_INVALID', 'The result has no such cell.')
      return { value }
    },
    async cancel(runId) {
      const active = shelf.get(runId)
      if (!active.isOver) await active.cancellation.request()
    },
    async parameterTypes(statement) {
      host.server()
      const client = await host.openClient({ applicationName: runApplication })
      try {
        return { types: await parameterTypes(client, statement) }
      } finally {
        await client.close()
      }
    },
    meter: () => meter.read(performance.now()),
    release,
    close,
  }
}

function newRun(input: StartInput, statement: string, ordinal: number, host: ProfilerHost): Run {
  const startedAtMs = host.now()
  return {
    runId: host.newId(),
    ordinal,
    startedAtMs,
    target: host.stamp(),
    statement,
    mode: input.options.mode,
    state: 'running',
    outcome: 'unknown',
    timings: { elapsedMs: 0 },
    rows: 0,
    topWaits: [],
    note: input.note ?? '',
    parameters: input.parameters,
    options: input.options,
    waits: { ...unwatched(input.options.sampleHz, startedAtMs, ''), notes: [] },
    settings: {},
    notes: [],
  }
}
