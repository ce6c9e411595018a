import type { Bytes, Milliseconds, Ratio } from '../../units/index.ts'

export const bottleneckAreas = ['cpu', 'io', 'memory', 'locks'] as const
export type BottleneckArea = (typeof bottleneckAreas)[number]

/**
 * How much an area holds the server up: `unknown` = nothing that would tell was recorded, `none` = no sign of it,
 * `info` = worth knowing, `warning` = it costs time, `critical` = most of the time goes there.
 */
export const bottleneckSeverities = ['unknown', 'none', 'info', 'warning', 'critical'] as const
export type BottleneckSeverity = (typeof bottleneckSeverities)[number]

/** A figure that a sentence rests on. */
export interface Evidence {
  readonly label: string
  /** With its unit, formatted as everywhere else. */
  readonly value: string
  /** View and column, or file. */
  readonly source: string
}

/** What a range's figures mean for one resource, in words. */
export interface Bottleneck {
  readonly area: BottleneckArea
  readonly severity: BottleneckSeverity
  /** One or two words: `saturated`, `busy`, `no sign`. */
  readonly verdict: string
  /** A whole sentence with its figures. */
  readonly sentence: string
  readonly evidence: readonly Evidence[]
  /** What to look at next; absent where nothing is wrong. */
  readonly next?: string
}

/** A disk over a range. */
export interface DiskFigures {
  readonly name: string
  readonly readsPerSecond: number
  readonly writesPerSecond: number
  readonly bytesPerSecond: Bytes
  /** Mean time of one operation, with its waiting in the queue; absent where there were none. */
  readonly readLatencyMs?: Milliseconds
  readonly writeLatencyMs?: Milliseconds
  /** Operations under way, on average. */
  readonly queue: number
  /** Share of the time with any operation under way. A disk that serves many at once is not full at 1. */
  readonly utilisation: Ratio
}

/** Share of the time that tasks were held up for want of a resource. */
export interface StallFigures {
  /** At least one. */
  readonly some: Ratio
  /** All that had anything to do. */
  readonly full?: Ratio
}

/** Averages over a range, as far as they are known: what bottlenecks are told from. Absent is not known, never zero. */
export interface RangeFigures {
  /** Average active sessions, by wait class. */
  readonly load?: {
    readonly total: number
    readonly cpu: number
    readonly io: number
    readonly lock: number
    readonly lwlock: number
  }
  /** What sessions of others did was hidden from the role that watched: the load is a part of what there was. */
  readonly hidden?: {
    /** The statement that shows it; absent where that role does not watch now. */
    readonly mend?: string
  }
  /** Of the machine. */
  readonly cores?: number
  /** That the server's container may use; absent without a limit. */
  readonly coreLimit?: number
  readonly busyCores?: number
  readonly stolenCores?: number
  readonly runQueue?: number
  /** Used by the server's processes. */
  readonly serverCores?: number
  /** Server processes that were ready to run while no core was free, on average. */
  readonly serverWaiting?: number
  /** Share of the time that the server's container was held back. */
  readonly throttled?: Ratio
  readonly stalls: { readonly cpu?: StallFigures; readonly io?: StallFigures; readonly memory?: StallFigures }
  readonly disks: readonly DiskFigures[]
  readonly memory?: {
    readonly totalBytes: Bytes
    readonly availableBytes: Bytes
    readonly swapUsedBytes: Bytes
  }
  readonly swappedBytesPerSecond?: Bytes
  readonly blocksHitPerSecond?: number
  readonly blocksReadPerSecond?: number
  readonly tempBytesPerSecond?: Bytes
  readonly tempFilesPerSecond?: number
  /** Buffers that backends had to write themselves, of all that were written. */
  readonly backendWrites?: { readonly blocksPerSecond: number; readonly share: Ratio }
  readonly deadlocksPerMinute?: number
}
