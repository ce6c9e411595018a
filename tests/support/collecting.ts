import type { Collecting, Collector } from '#main/collectors/index.ts'
import { startRunner, type Tuning } from '#main/collectors/runner/runner.ts'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import { createOwnTransactions } from '#main/targets/own-transactions.ts'
import type { ActivityTick, BackendSample } from '#shared/activity/index.ts'
import type { Emission, Marker, ServerFacts, TargetSettings } from '#shared/session/index.ts'
import type { Hertz } from '#shared/units/index.ts'
import type { TestServer } from './servers.ts'

export interface CollectingBench {
  readonly collecting: Collecting
  readonly emissions: readonly Emission[]
  /** Resolves with the first emission, from the moment of the call, for which `find` has an answer. */
  next<Found>(find: (emission: Emission) => Found | undefined): Promise<Found>
  /** The next tick that shows what is looked for. */
  sees(matches: (sample: BackendSample, tick: ActivityTick) => boolean): Promise<BackendSample>
  marker(kind: Marker['kind']): Promise<Marker>
  markers(kind: Marker['kind']): readonly Marker[]
  /** The next change of state, limits or pace after which `holds`. */
  until(holds: () => boolean): Promise<void>
  /** The next tick after which `holds`. */
  settled(holds: () => boolean): Promise<void>
  /** The next attempt to connect the observer. */
  attempt(): Promise<void>
  /** A connection of a program beside it. */
  open(application?: string, user?: string): Promise<ServerClient>
  close(): Promise<void>
}

/** Collectors at work on a test server, without session and router around them. */
export async function benchCollecting(
  server: TestServer,
  options: {
    readonly collectors: readonly Collector[]
    readonly user?: string
    readonly port?: number
    readonly hz?: Hertz
    readonly tuning?: Tuning
  },
): Promise<CollectingBench> {
  const settings: TargetSettings = {
    host: server.host,
    port: options.port ?? server.port,
    user: options.user ?? server.user,
    database: server.database,
    connectTimeoutMs: 2_000,
  }
  const facts: ServerFacts = {
    version: String(server.major),
    versionNum: server.major * 10_000,
    database: server.database,
    user: settings.user ?? '',
    host: server.host,
    port: server.port,
    isSuperuser: options.user === undefined,
    isStandby: false,
    tls: undefined,
    encoding: 'UTF8',
    startedAtMs: 0,
    blockBytes: 8_192,
  }
  const emissions: Emission[] = []
  const listeners = new Set<(emission: Emission) => void>()
  const watchers = new Set<() => void>()
  const others: ServerClient[] = []
  const own = createOwnTransactions()
  const openCounted = own.counting(openServerClient)
  let onAttempt = Promise.withResolvers<void>()
  const collecting = await startRunner(
    {
      openClient(openOptions) {
        onAttempt.resolve()
        onAttempt = Promise.withResolvers()
        return openCounted(settings, openOptions)
      },
      server: () => facts,
      hz: options.hz ?? 10,
      ownTransactions: own.total,
      emit(emission) {
        emissions.push(emission)
        for (const listener of listeners) listener(emission)
      },
      onChange() {
        for (const watcher of watchers) watcher()
      },
      now: Date.now,
    },
    options.collectors,
    options.tuning,
  )

  function next<Found>(find: (emission: Emission) => Found | undefined): Promise<Found> {
    return new Promise((resolve) => {
      const listener = (emission: Emission): void => {
        const found = find(emission)
        if (found === undefined) return
        listeners.delete(listener)
        resolve(found)
      }
      listeners.add(listener)
    })
  }

  return {
    collecting,
    emissions,
    next,
    sees: (matches) =>
      next((emission) =>
        emission.kind === 'activity'
          ? emission.tick.backends.find((sample) => matches(sample, emission.tick))
          : undefined,
      ),
    marker: (kind) =>
      next((emission) =>
        emission.kind === 'marker' && emission.marker.kind === kind ? emission.marker : undefined,
      ),
    markers: (kind) =>
      emissions.flatMap((emission) =>
        emission.kind === 'marker' && emission.marker.kind === kind ? [emission.marker] : [],
      ),
    until: (holds) =>
      new Promise((resolve) => {
        const watcher = (): void => {
          if (!holds()) return
          watchers.delete(watcher)
          resolve()
        }
        watchers.add(watcher)
        watcher()
      }),
    settled: async (holds) => {
      await next((emission) => (emission.kind === 'activity' && holds() ? true : undefined))
    },
    attempt: () => onAttempt.promise,
    async open(applicationName = 'a program', user = server.user) {
      const client = await openServerClient({ ...settings, port: server.port, user }, { applicationName })
      others.push(client)
      return client
    },
    async close() {
      await collecting.stop()
      for (const client of others) client.destroy()
    },
  }
}
