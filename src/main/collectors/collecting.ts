import type { EndedTransactions, OpenOptions, ServerClient } from '#main/targets/index.ts'
import type { ProcessWatch } from '#shared/host/index.ts'
import type { CollectorLimit, Emission, ObserverCost, ServerFacts } from '#shared/session/index.ts'
import type { EpochMs, Hertz } from '#shared/units/index.ts'

export interface CollectingOptions {
  /** Opens a connection to the target. */
  readonly openClient: (options: OpenOptions) => Promise<ServerClient>
  /** Facts of the target as it was last connected. */
  readonly server: () => ServerFacts
  /** Of activity samples. */
  readonly hz: Hertz
  /** Transactions that all connections of the workbench have ended so far. */
  readonly ownTransactions: () => EndedTransactions
  readonly emit: (emission: Emission) => void
  /** Processes of this machine that the user wants to see; the same array while they stay the same. Absent = none. */
  readonly watches?: () => readonly ProcessWatch[]
  /** Cost, limits or connection have changed. */
  readonly onChange: () => void
  /** Epoch milliseconds. */
  readonly now: () => EpochMs
}

/** All collectors at work on one target, over one connection. It goes on by itself after the server was away. */
export interface Collecting {
  cost(): Omit<ObserverCost, 'recordedBytes'>
  limits(): readonly CollectorLimit[]
  /** Since when the server is away; `undefined` while it answers. */
  awaySince(): EpochMs | undefined
  setRate(hz: Hertz): void
  /** The server can be reached again, as another connection has found: it is tried at once. */
  tryNow(): void
  /** Ends it; what was seen has been emitted when this resolves. */
  stop(): Promise<void>
}
