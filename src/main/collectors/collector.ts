import type { EndedTransactions, TextValue } from '#main/targets/index.ts'
import type { ActivityTick } from '#shared/activity/index.ts'
import type { ProcessWatch } from '#shared/host/index.ts'
import type { CollectorLimit, Emission, ServerFacts } from '#shared/session/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/**
 * One source of samples: what it asks, how often, and what it makes of the answers. Scheduling, skipping late looks,
 * counting the cost, reconnecting and marking gaps belong to the runner, never to a collector.
 */
export interface Collector {
  /** Also the folder's name. */
  readonly id: string
  /** The default pace; `activity` is set by the user. */
  readonly everyMs: Milliseconds
  /** Its questions go before those of others that wait; for `activity` alone. */
  readonly isUrgent?: boolean
  /** Looks at the pace of activity, shortly after each of its looks, so that it can go by what that saw. */
  readonly followsActivity?: boolean
  /**
   * Called once for each connection, so that what is remembered between looks ends with it.
   * @returns one look; `undefined` where this server has nothing to show
   */
  readonly begin: (source: Source) => Look | undefined
}

/** Asks, and emits what it sees. What it throws costs this look and is told; the next one comes in its time. */
export type Look = () => Promise<void>

/** A connected server, as a collector sees it. */
export interface Source {
  readonly server: ServerFacts
  /** May read what other users do: superuser, or a member of `pg_monitor` (`pg_read_all_stats`). */
  readonly seesOthers: boolean
  /** Asks one of the collector's standing questions, and counts what it costs. One question at a time. */
  readonly ask: (question: Question, parameters?: readonly TextValue[]) => Promise<Answer>
  readonly emit: (emission: Emission) => void
  /** The time between two looks at the moment: more than asked for while the observer slows down. */
  readonly paceMs: () => Milliseconds
  /** What the server's clock says, on the workbench's. The same moment stays the same, whenever it is asked for. */
  readonly toWorkbenchMs: (serverMs: EpochMs) => EpochMs
  readonly toServerMs: (workbenchMs: EpochMs) => EpochMs
  /** Transactions that the workbench itself has ended so far: the server counts them among others. */
  readonly ownTransactions: () => EndedTransactions
  /** The last look at activity. */
  readonly latestActivity: () => ActivityTick | undefined
  /** Processes of the workbench's machine that the user wants to see; the same array while they stay the same. */
  readonly watches: () => readonly ProcessWatch[]
  /** The same object for all connections of one recording: a key for what has to outlive a connection. */
  readonly recording: object
  /** Tells once what can't be seen, and what mends it. */
  readonly limit: (limit: Omit<CollectorLimit, 'collector'>) => void
  /** Takes back all limits that it told: they were mended meanwhile. */
  readonly liftLimits: () => void
  /** The workbench's clock. */
  readonly now: () => EpochMs
}

/** A query of a `.sql` file. Its name is unique among all collectors: it is prepared under it. */
export interface Question {
  readonly name: string
  readonly sql: string
}

export interface Answer {
  readonly rows: readonly (readonly TextValue[])[]
  /** When the server looked: the middle between question and answer, on the workbench's clock. */
  readonly atMs: EpochMs
  readonly tookMs: Milliseconds
}

/** Queries of one question by the first version that they are for, as `server_version_num`: `{ 130000: …, 140000: … }`. */
export type ByVersion = Readonly<Record<number, string>>

/** The query for a server: that of the newest version which is not newer than the server; `undefined` for older ones. */
export function sqlFor(versions: ByVersion, versionNum: number): string | undefined {
  const fitting = Object.keys(versions)
    .map(Number)
    .filter((from) => from <= versionNum)
  return fitting.length === 0 ? undefined : versions[Math.max(...fitting)]
}
