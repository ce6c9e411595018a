import { type } from '@orpc/contract'
import { z } from 'zod'
import type { Run, RunSummary, SessionInfo, SessionTail } from '../session/index.ts'
import { base } from './base.ts'
import { cursor, id, waitMs } from './schemas.ts'

const path = z.string().min(1).max(4_096).endsWith('.barograph', 'a session file ends in .barograph')

export const session = {
  /** The open session. */
  current: base.output(type<SessionInfo>()),
  /** Sessions in the data folder, newest first, and those opened lately. */
  list: base.output(type<readonly SessionInfo[]>()),
  /** Opens a `.barograph` file as the workbench's session. */
  open: base.input(z.strictObject({ path })).output(type<SessionInfo>()),
  /** Makes a new one, in the data folder unless a path is given, and opens it. */
  create: base
    .input(z.strictObject({ name: z.string().min(1).max(200).exactOptional(), path: path.exactOptional() }))
    .output(type<SessionInfo>()),
  /** All runs of the open session, oldest first. */
  runs: base.input(z.strictObject({ sessionId: id })).output(type<readonly RunSummary[]>()),
  /** One run with its rows left out: plan, waits, samples. `RUN_UNKNOWN` if it was removed. */
  run: base.input(z.strictObject({ sessionId: id, runId: id })).output(type<Run>()),
  /** Writes the user’s note on a run; passwords in it are left out. `SESSION_READ_ONLY` where nothing can be kept. */
  setNote: base
    .input(z.strictObject({ sessionId: id, runId: id, note: z.string().max(10_000) }))
    .output(type<void>()),
  /** Takes a run out of the session, for good. News: `run-removed`. */
  removeRun: base.input(z.strictObject({ sessionId: id, runId: id })).output(type<void>()),
  /** Events since `after`; answers at once if there are some, else within `waitMs`. One call in flight per window. */
  tail: base.input(z.strictObject({ sessionId: id, after: cursor, waitMs })).output(type<SessionTail>()),
}
