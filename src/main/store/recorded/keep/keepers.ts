import type { Emission } from '#shared/session/index.ts'
import { keepActivity } from './activity.ts'
import { createBackendNumbers } from './backends.ts'
import type { KeeperSetup, StartKeeping } from './keeper.ts'
import { keepLocks } from './locks.ts'
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
  locks: keepLocks,
  'statement-texts': keepStatementTexts,
  schema: keepSchema,
  settings: keepSettings,
  marker: keepMarkers,
}

/** All keepers at work on one recording. */
export function startKeepers(given: Omit<KeeperSetup, 'backends'>): (emission: Emission) => void {
  const setup: KeeperSetup = { ...given, backends: createBackendNumbers(given.outgoing, given.next) }
  const started = new Map(Object.entries(keepers).map(([kind, start]) => [kind, start(setup)]))
  return (emission) => {
    const keep: ((emission: never) => void) | undefined = started.get(emission.kind)
    keep?.(emission as never)
  }
}
