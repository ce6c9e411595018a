import type { StatementNature } from '#shared/statements/index.ts'
import type { Connections } from '../connections.ts'
import type { Meter } from '../observer/meter.ts'
import type { TypeNames } from '../result/type-names.ts'
import type { ActiveRun } from './active-run.ts'

/** A run and what it is performed with. */
export interface Performance {
  readonly active: ActiveRun
  readonly nature: StatementNature
  readonly connections: Connections
  readonly versionNum: number
  readonly meter: Meter
  readonly typeNames: TypeNames
}
