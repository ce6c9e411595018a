import type { TextValue } from '#main/targets/index.ts'
import type { EpochMs } from '#shared/units/index.ts'

/** What a server says of itself on each connection. Times are of its own clock. */
export interface Greeting {
  readonly serverStartedAtMs: EpochMs
  /** After a crash of one of its processes the server starts all others anew; absent where it may not be seen. */
  readonly checkpointerStartedAtMs: EpochMs | undefined
  /** Of this connection's process. */
  readonly backendStartedAtMs: EpochMs
  readonly isSuperuser: boolean
  readonly seesOthers: boolean
}

export function readGreeting(row: readonly TextValue[]): Greeting {
  const [serverStart, checkpointerStart = null, backendStart, isSuperuser, seesOthers] = row
  return {
    serverStartedAtMs: Number(serverStart) * 1_000,
    checkpointerStartedAtMs: checkpointerStart === null ? undefined : Number(checkpointerStart) * 1_000,
    backendStartedAtMs: Number(backendStart) * 1_000,
    isSuperuser: isSuperuser === 't',
    seesOthers: seesOthers === 't',
  }
}

/** What became of the server between two connections; `undefined` if it just went on. */
export function describeRestart(
  before: Greeting,
  after: Greeting,
): { readonly label: string; readonly startedAtMs: EpochMs } | undefined {
  if (before.serverStartedAtMs !== after.serverStartedAtMs) {
    return { label: 'Server started', startedAtMs: after.serverStartedAtMs }
  }
  const [was, is] = [before.checkpointerStartedAtMs, after.checkpointerStartedAtMs]
  if (was === undefined || is === undefined || was === is) return undefined
  return { label: 'Server recovered from a crash', startedAtMs: is }
}
