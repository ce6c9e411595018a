import type { Collector } from '#main/collectors/index.ts'
import type { ServerClient } from '#main/targets/index.ts'
import type { CollectorLimit, Emission, Marker } from '#shared/session/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import { beginOn, openTestSource } from './collector-source.ts'
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

/** Longer than any collector waits between two looks. */
const patienceMs: Milliseconds = 3_600_000

/** A test's source whose time goes on by an hour with each look, and which counts and lifts what it is told. */
export async function beginLooking(
  collector: Collector,
  server: TestServer,
  options: { readonly user?: string; readonly database?: string } = {},
): Promise<Looking> {
  const source = await openTestSource(server, options)
  const { client, emissions, markers, close } = source
  const limits: Omit<CollectorLimit, 'collector'>[] = []
  let last: readonly Emission[] = []
  let rows = 0
  let aheadMs = 0
  const look = beginOn(collector, {
    ...source,
    async ask(question, parameters) {
      const answer = await source.ask(question, parameters)
      rows += answer.rows.length
      return { ...answer, atMs: answer.atMs + aheadMs }
    },
    limit(limit) {
      if (!limits.some(({ message }) => message === limit.message)) limits.push(limit)
    },
    liftLimits: () => void limits.splice(0),
    paceMs: () => collector.everyMs,
    now: () => source.now() + aheadMs,
  })
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
    markers,
    async look() {
      const before = emissions.length
      rows = 0
      aheadMs += patienceMs
      await look()
      last = emissions.slice(before)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
