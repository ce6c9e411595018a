import type { Emission } from '#shared/session/index.ts'
import { keepActivity } from './activity.ts'
import type { KeeperSetup, StartKeeping } from './keeper.ts'
import { keepMarkers } from './markers.ts'
import { keepMetrics } from './metrics.ts'
import { keepSchema } from './schema.ts'
import { keepSettings } from './settings.ts'
import { keepStatementDeltas } from './statement-deltas.ts'
import { keepStatementTexts } from './statement-texts.ts'

/** Who keeps what; a kind without a keeper is not kept. */
const keepers: { readonly [Kind in Emission['kind']]?: StartKeeping<Kind> } = {
  activity: keepActivity,
  metrics: keepMetrics,
  statements: keepStatementDeltas,
  'statement-texts': keepStatementTexts,
  schema: keepSchema,
  settings: keepSettings,
  marker: keepMarkers,
}

/** All keepers at work on one recording. */
export function startKeepers(setup: KeeperSetup): (emission: Emission) => void {
  const started = new Map(Object.entries(keepers).map(([kind, start]) => [kind, start(setup)]))
  return (emission) => {
    const keep: ((emission: never) => void) | undefined = started.get(emission.kind)
    keep?.(emission as never)
  }
}
