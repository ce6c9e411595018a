import { type } from '@orpc/contract'
import { z } from 'zod'
import type { BackendSample } from '../activity/index.ts'
import type { Bytes, EpochMs, Ratio } from '../units/index.ts'
import { base } from './base.ts'
import { id, moment } from './schemas.ts'

/** The server's processes at a moment. */
export interface BackendsAt {
  /**
   * Of the look that is shown: the present, by the server's clock, or the last one recorded at or before the moment
   * that was asked for.
   */
  readonly atMs: EpochMs
  readonly backends: readonly BackendRow[]
  /** Recorded looks leave idle backends out; the present has all of them. */
  readonly includesIdle: boolean
}

export interface BackendRow extends BackendSample {
  /** Who is in its way; absent where it waits for no lock, or that was not recorded. */
  readonly blockerPids?: readonly number[]
  /** How many wait for it, directly or behind others. */
  readonly blocks: number
  /** Of one core, since the last look; only of a server on this machine, and of the present. */
  readonly cpuShare?: Ratio
  /** Memory of its own, shared buffers left out. */
  readonly privateBytes?: Bytes
  readonly readBytesPerSecond?: number
  readonly writeBytesPerSecond?: number
}

const backend = z.strictObject({ pid: z.int().min(1), startedAtMs: z.number() })

export const backends = {
  /** What the server's processes do now. `NOT_CONNECTED` where no server is. */
  now: base.output(type<BackendsAt>()),
  /** What was recorded of them, at the last look at or before a moment; absent where nothing was. */
  at: base.input(z.strictObject({ sessionId: id, atMs: moment })).output(type<BackendsAt | undefined>()),
  /** `pg_cancel_backend`: ends its statement. `BACKEND_GONE` where it has ended meanwhile. */
  cancel: base.input(backend).output(type<void>()),
  /** `pg_terminate_backend`: ends its connection and rolls its transaction back. */
  terminate: base.input(backend).output(type<void>()),
}
