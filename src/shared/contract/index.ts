import type { InferContractRouterInputs } from '@orpc/contract'
import { backends } from './backends.ts'
import { catalogue } from './catalogue.ts'
import { demo } from './demo.ts'
import { host } from './host.ts'
import { load } from './load.ts'
import { locks } from './locks.ts'
import { metrics } from './metrics.ts'
import { plans } from './plans.ts'
import { profile } from './profile.ts'
import { recording } from './recording.ts'
import { relations } from './relations.ts'
import { session } from './session.ts'
import { statements } from './statements.ts'
import { targets } from './targets.ts'
import { workbench } from './workbench.ts'
import { workload } from './workload.ts'

/** Everything a window, a command or a script may ask of the workbench, by area. */
export const contract = {
  workbench,
  demo,
  targets,
  catalogue,
  statements,
  profile,
  session,
  plans,
  recording,
  load,
  locks,
  metrics,
  host,
  backends,
  relations,
  workload,
}

/** What each procedure is asked with, by area and name. */
export type ContractInputs = InferContractRouterInputs<typeof contract>

export type * from './backends.ts'
export type { ErrorData } from './base.ts'
export type * from './catalogue.ts'
export type * from './host.ts'
export type * from './load.ts'
export type * from './locks.ts'
export type * from './profile.ts'
export type * from './recording.ts'
export type * from './relations.ts'
export { maxStatementChars } from './schemas.ts'
export type * from './statements.ts'
export type * from './targets.ts'
export type * from './workbench.ts'
export type * from './workload.ts'
