import type { ActivityTick } from '../activity/index.ts'
import type { SchemaReading } from '../schema/index.ts'
import type { MetricTick } from '../series/index.ts'
import type { Bytes, EpochMs, Hertz, Milliseconds, Ratio } from '../units/index.ts'
import type { StatementDelta, StatementText } from '../workload/index.ts'
import type { LockTick } from './lock-tick.ts'
import type { TargetStamp } from './run.ts'

/** What happened at a moment, or over a span, and is worth a mark on the timeline. */
export const markerKinds = [
  /** Nothing was sampled: `endedAtMs` tells until when. */
  'gap',
  /** Counters began anew. */
  'reset',
  'server-restart',
  'connection-lost',
  'connection-back',
  'checkpoint',
  'autovacuum',
  'vacuum',
  'ddl',
  'copy',
  'backup',
  'settings-changed',
  'deadlock',
  /** The observer slowed down, or went back to its pace. */
  'observer-pace',
  'recording-started',
  'recording-stopped',
  'run',
] as const
export type MarkerKind = (typeof markerKinds)[number]

/**
 * A span that takes long is told when it begins, and again with its end and figures: it is one by its kind, beginning
 * and label.
 */
export interface Marker {
  readonly kind: MarkerKind
  readonly atMs: EpochMs
  /** Absent for a moment, and for a span that hasn't ended. */
  readonly endedAtMs?: EpochMs
  /** A few words for people: `checkpoint, timed, 812 buffers`. */
  readonly label: string
  /** Plain facts for the inspector. */
  readonly facts?: Readonly<Record<string, string | number>>
}

const statementFactStart = 'statement of '

/** The name of the fact that tells a process's statement: `statement of 4711`. */
export const statementFact = (pid: number): string => `${statementFactStart}${pid}`

/** The statements among a mark's facts, by their processes, in the order of these. */
export function statementsOfMarker({
  facts = {},
}: Pick<Marker, 'facts'>): readonly { readonly pid: number; readonly statement: string }[] {
  return Object.entries(facts)
    .filter(([name]) => name.startsWith(statementFactStart))
    .map(([name, statement]) => ({
      pid: Number(name.slice(statementFactStart.length)),
      statement: String(statement),
    }))
    .toSorted((a, b) => a.pid - b.pid)
}

/** One of a server's settings. */
export interface SettingValue {
  readonly name: string
  /** As `SHOW` prints it. */
  readonly value: string
}

/**
 * What collectors hand on: each is about one moment and plain data. A session keeps all of them; live panels are told
 * of them as they come.
 */
export type Emission =
  | { readonly kind: 'activity'; readonly tick: ActivityTick }
  | { readonly kind: 'metrics'; readonly tick: MetricTick }
  | { readonly kind: 'locks'; readonly tick: LockTick }
  | {
      readonly kind: 'statements'
      readonly atMs: EpochMs
      /** Since the last answer; the deltas are over this span. */
      readonly periodMs: Milliseconds
      readonly deltas: readonly StatementDelta[]
    }
  | { readonly kind: 'statement-texts'; readonly texts: readonly StatementText[] }
  | { readonly kind: 'schema'; readonly reading: SchemaReading }
  | { readonly kind: 'settings'; readonly atMs: EpochMs; readonly settings: readonly SettingValue[] }
  | { readonly kind: 'marker'; readonly marker: Marker }

/** One stretch of recording: one server, from a start to a stop. */
export interface Recording {
  /** 1 upwards within the session. */
  readonly ordinal: number
  readonly target: TargetStamp
  readonly startedAtMs: EpochMs
  /** Absent while it goes on. */
  readonly endedAtMs?: EpochMs
  readonly hz: Hertz
}

/** What watching costs, over the last few seconds. */
export interface ObserverCost {
  /** Asked for; `actualHz` is less where the observer slowed down. */
  readonly hz: Hertz
  readonly actualHz: Hertz
  /** p95 from sending the question to having the answer. */
  readonly lagP95Ms?: Milliseconds
  /** Time the server spent on all of the observer's questions, of one core. */
  readonly coreShare?: Ratio
  /**
   * Where `coreShare` comes from: `schedstat` is the backend's own processor time (server on this machine), `answers`
   * the time its answers took, which is an upper bound.
   */
  readonly coreShareFrom?: 'schedstat' | 'answers'
  readonly recordedBytes: Bytes
  readonly skippedTicks: number
  /** Why it is slower than asked for. */
  readonly slowedBecause?: string
}

/** What cannot be seen on this server, and the statement that mends it. */
export interface CollectorLimit {
  /** Which collector (`activity`, `statements` …). */
  readonly collector: string
  readonly message: string
  readonly mend?: string
}

export type RecordingState =
  | {
      readonly status: 'off'
      /** Why what was seen last is not in the session's file. */
      readonly problem?: string
      /** The session that was being recorded when this one was opened: going back to it goes on recording. */
      readonly pausedIn?: { readonly path: string; readonly name: string }
    }
  | {
      readonly status: 'on'
      readonly ordinal: number
      readonly startedAtMs: EpochMs
      readonly cost: ObserverCost
      readonly limits: readonly CollectorLimit[]
      /** Why writing to the session's file failed last; what was seen since is kept and tried again, within a bound. */
      readonly problem?: string
    }
  /** The server is away; it goes on by itself when the server is back. */
  | {
      readonly status: 'waiting'
      readonly ordinal: number
      readonly startedAtMs: EpochMs
      readonly since: EpochMs
      readonly problem?: string
    }

/** What a session's recordings hold, in numbers. */
export interface RecordingSummary {
  readonly formatVersion: number
  /** The last one that was recorded; absent where nothing was. */
  readonly target?: TargetStamp
  readonly startedAtMs?: EpochMs
  readonly endedAtMs?: EpochMs
  readonly samples: {
    /** Looks at all backends at once, whether somebody was at work or not. */
    readonly activity: number
    /** Backends seen in them. */
    readonly backends: number
    /** Values of metrics. */
    readonly metrics: number
    /** Looks at which somebody waited for a lock. */
    readonly locks: number
    /** Growth of single statements. */
    readonly statements: number
    /** Readings of all tables and indexes. */
    readonly schema: number
  }
  readonly gaps: number
  readonly resets: number
  readonly observer: {
    /** Looks a second that were taken, over the time of recording less its gaps; absent where there were none. */
    readonly hz?: Hertz
    /** The median over the recording of what the meter said each second. */
    readonly lagP95Ms?: Milliseconds
    /** Mean over the recording. */
    readonly coreShare?: Ratio
    /** Size of the session's file. */
    readonly bytes: Bytes
  }
}

/** Preferences that the workbench itself goes by; JSON, as windows write them. */
export const recordingPreferences = {
  /** `false`: a server is not recorded just because it was connected. */
  byItself: 'recording.byItself',
  /** Samples of activity a second. */
  hz: 'recording.hz',
} as const
