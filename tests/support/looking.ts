import type { Collector, Look, Source } from '#main/collectors/index.ts'
import { createOpener, readEnvironment, type ServerClient, testConnection } from '#main/targets/index.ts'
import type { CollectorLimit, Emission, Marker } from '#shared/session/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'
import type { TestServer } from './servers.ts'

/** One collector on a real connection, which looks when it is told to. */
export interface Looking extends AsyncDisposable {
  /** Looks once, as much later as the collector may want to wait. */
  look(): Promise<void>
  readonly client: ServerClient
  /** Of all looks, and of the last one. */
  readonly emissions: readonly Emission[]
  readonly last: readonly Emission[]
  /** Rows that the server sent for the last look. */
  readonly rows: number
  readonly limits: readonly Omit<CollectorLimit, 'collector'>[]
  markers(): readonly Marker[]
  close(): Promise<void>
}

const bareEnvironment = readEnvironment({ HOME: '/nonexistent' })
/** Longer than any collector waits between two looks. */
const patienceMs: Milliseconds = 3_600_000

export async function beginLooking(
  collector: Collector,
  server: TestServer,
  {
    user = server.user,
    database = server.database,
  }: { readonly user?: string; readonly database?: string } = {},
): Promise<Looking> {
  const settings = { host: server.host, port: server.port, user, database }
  const tested = await testConnection(settings, undefined, bareEnvironment)
  if (!tested.ok) throw new Error(tested.diagnosis.message)
  const client = await createOpener(bareEnvironment)(settings, {
    applicationName: 'barograph',
    sessionSettings: {
      default_transaction_read_only: 'on',
      jit: 'off',
      plan_cache_mode: 'force_generic_plan',
    },
  })
  const emissions: Emission[] = []
  const limits: Omit<CollectorLimit, 'collector'>[] = []
  let last: readonly Emission[] = []
  let rows = 0
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  const source: Source = {
    server: tested.server,
    seesOthers: tested.capabilities.some(({ id, state }) => id === 'pg_monitor' && state === 'present'),
    async ask({ name, sql }, parameters = []) {
      const askedAt = performance.now()
      const answer = await client.query(markAsOwn(sql), parameters, { prepareAs: `barograph_${name}` })
      rows += answer.rows.length
      return { rows: answer.rows, atMs: now(), tookMs: performance.now() - askedAt }
    },
    emit: (emission) => void emissions.push(emission),
    limit(limit) {
      if (!limits.some(({ message }) => message === limit.message)) limits.push(limit)
    },
    liftLimits: () => void limits.splice(0),
    paceMs: () => collector.everyMs,
    toWorkbenchMs: (serverMs) => serverMs,
    toServerMs: (workbenchMs) => workbenchMs,
    latestActivity: () => undefined,
    watches: () => [],
    recording: {},
    now,
  }
  const look: Look | undefined = collector.begin(source)
  if (look === undefined) throw new Error('the collector has nothing to show on this server')
  return {
    client,
    emissions,
    get last() {
      return last
    },
    get rows() {
      return rows
    },
    limits,
    markers: () => emissions.flatMap((emission) => (emission.kind === 'marker' ? [emission.marker] : [])),
    async look() {
      const before = emissions.length
      rows = 0
      aheadMs += patienceMs
      await look()
      last = emissions.slice(before)
    },
    close: () => client.close(),
    [Symbol.asyncDispose]: () => client.close(),
  }
}
