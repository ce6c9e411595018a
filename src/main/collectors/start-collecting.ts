import { WorkbenchError } from '#shared/session/index.ts'
import type { Collecting, CollectingOptions } from './collecting.ts'

export function startCollecting(_options: CollectingOptions): Promise<Collecting> {
  throw new WorkbenchError('NOT_SUPPORTED', 'Recording is not there yet.')
}
