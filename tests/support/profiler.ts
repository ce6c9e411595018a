import { randomUUID } from 'node:crypto'
import { createProfiler, type Profiler } from '#main/profiler/index.ts'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import type { RunProgress } from '#shared/contract/index.ts'
import type { Run, RunOptions, RunParameter, ServerFacts, TargetSettings } from '#shared/session/index.ts'
import type { TestServer } from './servers.ts'

export const plainOptions: RunOptions = {
  mode: 'run',
  explain: {
    buffers: true,
    wal: true,
    settings: true,
    verbose: true,
    timing: true,
    serialize: 'none',
    memory: false,
  },
  onEnd: 'rollback',
  statementTimeoutMs: 0,
  maxRows: 10_000,
  sampleHz: 50,
}

export interface ProfilerBench {
  readonly profiler: Profiler
  /** Every run as it was handed over: at its start and at its end. */
  readonly told: readonly Run[]
  /** Connections the profiler has opened, the latest last. */
  readonly clients: readonly ServerClient[]
  start(
    statement: string,
    options?: Partial<RunOptions>,
    parameters?: readonly RunParameter[],
  ): Promise<string>
  /** Tails a run until `enough` says so, or to its end. */
  follow(runId: string, enough?: (progress: RunProgress) => boolean): Promise<RunProgress>
  /** Starts, follows to the end, and hands over the whole run. */
  run(statement: string, options?: Partial<RunOptions>, parameters?: readonly RunParameter[]): Promise<Run>
  /** A connection beside the profiler's. */
  open(): Promise<ServerClient>
  close(): Promise<void>
}

/** A profiler on a test server, without session and router around it. */
export function benchProfiler(
  server: TestServer,
  changes: { readonly user?: string; readonly onRunChanged?: (run: Run) => void | Promise<void> } = {},
): ProfilerBench {
  const user = changes.user ?? server.user
  const settings: TargetSettings = { host: server.host, port: server.port, user, database: server.database }
  const facts: ServerFacts = {
    version: String(server.major),
    versionNum: server.major * 10_000,
    database: server.database,
    user,
    host: server.host,
    port: server.port,
    isSuperuser: true,
    isStandby: false,
    tls: undefined,
    encoding: 'UTF8',
    startedAtMs: 0,
    blockBytes: 8_192,
  }
  const told: Run[] = []
  const clients: ServerClient[] = []
  const others: ServerClient[] = []
  let ordinal = 0
  const profiler = createProfiler({
    async openClient(options) {
      const client = await openServerClient(settings, options)
      clients.push(client)
      return client
    },
    server: () => facts,
    stamp: () => ({
      name: 'test',
      host: server.host,
      port: server.port,
      database: server.database,
      user,
      serverVersion: facts.version,
      serverVersionNum: facts.versionNum,
    }),
    nextOrdinal: () => (ordinal += 1),
    async onRunChanged(run) {
      told.push(run)
      await changes.onRunChanged?.(run)
    },
    now: Date.now,
    newId: randomUUID,
  })

  async function start(
    statement: string,
    options: Partial<RunOptions> = {},
    parameters: readonly RunParameter[] = [],
  ) {
    const input = { statement, parameters, options: { ...plainOptions, ...options } }
    return (await profiler.start(input)).runId
  }

  async function follow(runId: string, enough: (progress: RunProgress) => boolean = () => false) {
    let after = 0
    for (;;) {
      const progress = await profiler.tail({ runId, after, waitMs: 2_000 })
      if (progress.run !== undefined || enough(progress)) return progress
      after = progress.cursor
    }
  }

  return {
    profiler,
    told,
    clients,
    start,
    follow,
    async run(statement, options, parameters) {
      const { run } = await follow(await start(statement, options, parameters))
      if (run === undefined) throw new Error('the run did not end')
      return run
    },
    async open() {
      const client = await openServerClient({ ...settings, user: server.user })
      others.push(client)
      return client
    },
    async close() {
      await profiler.close()
      for (const client of others) client.destroy()
    },
  }
}
