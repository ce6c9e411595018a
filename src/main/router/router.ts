import { backends } from './areas/backends.ts'
import { catalogue } from './areas/catalogue.ts'
import { demo } from './areas/demo.ts'
import { host } from './areas/host.ts'
import { load } from './areas/load.ts'
import { locks } from './areas/locks.ts'
import { metrics } from './areas/metrics.ts'
import { plans } from './areas/plans.ts'
import { profile } from './areas/profile.ts'
import { recording } from './areas/recording.ts'
import { relations } from './areas/relations.ts'
import { session } from './areas/session.ts'
import { statements } from './areas/statements.ts'
import { targets } from './areas/targets.ts'
import { workbench } from './areas/workbench.ts'
import { workload } from './areas/workload.ts'
import { os } from './implementer.ts'

/** The contract, implemented. A missing or misspelt procedure does not compile. */
export const router = os.router({
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
})
