import { type } from '@orpc/contract'
import { z } from 'zod'
import type { ConnectionState, DemoState, RecordingState } from '../session/index.ts'
import type { Bytes, Hertz, Milliseconds, Ratio } from '../units/index.ts'
import { base } from './base.ts'
import { cursor, waitMs } from './schemas.ts'

/** What the observer costs and how far behind it is; figures of the last run and of the idle watch. */
export interface ObserverMeter {
  readonly hz: Hertz
  /** p95 of answer time of the last ticks. */
  readonly lagMs?: Milliseconds
  /** Server time spent on observing ÷ wall time, of one core. */
  readonly serverShare?: Ratio
  readonly skippedTicks: number
}

export interface WorkbenchState {
  /** Hand this back as `after`. */
  readonly cursor: number
  readonly connection: ConnectionState
  readonly demo: DemoState
  readonly observer: ObserverMeter
  readonly recording: RecordingState
  readonly memory: { readonly residentBytes: Bytes; readonly eventLoopDelayMs: Milliseconds }
}

export interface WorkbenchInfo {
  readonly version: string
  readonly host: 'electron' | 'web' | 'cli'
  readonly platform: string
  readonly dataFolder: string
  /** Where sessions without a path of their own are kept. */
  readonly sessionsFolder: string
  /** False where no keychain is at hand: passwords are asked for, and forgotten at the end. */
  readonly keepsSecrets: boolean
}

export const workbench = {
  /** What this workbench is; does not change while it runs. */
  info: base.output(type<WorkbenchInfo>()),
  /** The state of connection, demo and observer; answers at once if it is newer than `after`, else within `waitMs`. */
  tail: base.input(z.strictObject({ after: cursor, waitMs })).output(type<WorkbenchState>()),
  /** What the window wants to find again after a restart (layout, theme, drafts); text by key, never secrets. */
  preferences: base.output(type<Readonly<Record<string, string>>>()),
  setPreference: base
    .input(z.strictObject({ key: z.string().min(1).max(100), value: z.string().max(1_000_000) }))
    .output(type<void>()),
}
