import type { Collector, Look, Source } from '#main/collectors/index.ts'
import { createOpener, readEnvironment, type ServerClient, testConnection } from '#main/targets/index.ts'
import type { MetricId, MetricSample, MetricTick } from '#shared/series/index.ts'
import type { CollectorLimit, Emission, Marker } from '#shared/session/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'
import type { TestServer } from './servers.ts'

/** Nothing of the machine's own settings may leak into a test. */
const bareEnvironment = readEnvironment({ HOME: '/nonexistent' })

/** A source over a real connection, which keeps what a collector hands on. */
export interface TestSource extends Source {
  readonly client: ServerClient
  readonly emissions: readonly Emission[]
  readonly limits: readonly Omit<CollectorLimit, 'collector'>[]
  readonly ticks: () => readonly MetricTick[]
  readonly markers: () => readonly Marker[]
  /** All samples of a metric so far; of one series where labels are given. */
  readonly samples: (metric: MetricId, ...labels: readonly string[]) => readonly MetricSample[]
  /** Their sum. */
  readonly sum: (metric: MetricId, ...labels: readonly string[]) => number
  readonly close: () => Promise<void>
}

/** Opens a source as the runner does: prepared questions, one after the other, over a read-only connection. */
export async function openTestSource(
  server: TestServer,
  {
    user = server.user,
    database = server.database,
  }: { readonly user?: string; readonly database?: string } = {},
): Promise<TestSource> {
  const settings = { host: server.host, port: server.port, user, database }
  const tested = await testConnection(settings, undefined, bareEnvironment)
  if (!tested.ok) throw new Error(tested.diagnosis.message)
  const client = await createOpener(bareEnvironment)(settings, {
    applicationName: 'barograph',
    sessionSettings: {
      default_transaction_read_only: 'on',
      jit: 'off',
      plan_cache_mode: 'force_generic_plan',
      ...(tested.server.versionNum >= 150_000 ? { stats_fetch_consistency: 'none' } : {}),
    },
  })
  const emissions: Emission[] = []
  const limits: Omit<CollectorLimit, 'collector'>[] = []
  const ticks = () => emissions.flatMap((emission) => (emission.kind === 'metrics' ? [emission.tick] : []))
  const samples = (metric: MetricId, ...labels: readonly string[]) =>
    ticks()
      .flatMap((tick) => tick.samples)
      .filter((sample) => sample.metric === metric)
      .filter((sample) => labels.every((label, index) => sample.labels?.[index] === label))
  const now = () => performance.timeOrigin + performance.now()
  return {
    client,
    server: tested.server,
    seesOthers: tested.capabilities.some(({ id, state }) => id === 'pg_monitor' && state === 'present'),
    emissions,
    limits,
    ticks,
    samples,
    sum: (metric, ...labels) => samples(metric, ...labels).reduce((sum, { value }) => sum + value, 0),
    markers: () => emissions.flatMap((emission) => (emission.kind === 'marker' ? [emission.marker] : [])),
    async ask({ name, sql }, parameters = []) {
      const askedAt = now()
      const { rows } = await client.query(markAsOwn(sql), parameters, { prepareAs: `barograph_${name}` })
      const answeredAt = now()
      return { rows, atMs: (askedAt + answeredAt) / 2, tookMs: answeredAt - askedAt }
    },
    emit: (emission) => void emissions.push(emission),
    limit: (limit) => void limits.push(limit),
    liftLimits: () => void limits.splice(0),
    now,
    paceMs: () => 1_000,
    // Server and workbench are one machine here.
    toWorkbenchMs: (serverMs) => serverMs,
    toServerMs: (workbenchMs) => workbenchMs,
    ownTransactions: () => client.ended(),
    latestActivity: () => undefined,
    watches: () => [],
    recording: {},
    close: () => client.close(),
  }
}

/** Begins a collector on a source, where it must have something to show. */
export function beginOn(collector: Collector, source: Source): Look {
  const look = collector.begin(source)
  if (look === undefined) throw new Error(`${collector.id} has nothing to show on this server`)
  return look
}
