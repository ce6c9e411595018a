import type { Emission } from '#shared/session/index.ts'
import type { Outgoing } from '../outgoing.ts'
import type { NextNumbers } from '../tables.ts'
import type { BackendNumbers } from './backends.ts'

/** What a keeper is given for one recording. */
export interface KeeperSetup {
  /** Where its rows go. */
  readonly outgoing: Outgoing
  readonly next: NextNumbers
  /** Whoever names a process names it by the same number. */
  readonly backends: BackendNumbers
}

/** Turns one kind of emission into rows. Called many times a second on the main thread, so it keeps to cheap things. */
export type Keep<Kind extends Emission['kind']> = (
  emission: Extract<Emission, { readonly kind: Kind }>,
) => void

/** Begins anew with each recording: what it has numbered ends with it. */
export type StartKeeping<Kind extends Emission['kind']> = (setup: KeeperSetup) => Keep<Kind>
