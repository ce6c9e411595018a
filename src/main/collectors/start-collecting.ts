import type { Collecting, CollectingOptions } from './collecting.ts'
import { collectors } from './collectors.ts'
import { startRunner } from './runner/runner.ts'

/** Connects an observer and lets every collector look. @throws why it can't connect; a later loss it mends itself. */
export async function startCollecting(options: CollectingOptions): Promise<Collecting> {
  return await startRunner(options, collectors)
}
