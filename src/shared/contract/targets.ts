import { type } from '@orpc/contract'
import { z } from 'zod'
import type {
  Capability,
  ConnectionDiagnosis,
  SavedTarget,
  ServerFacts,
  TargetSettings,
} from '../session/index.ts'
import type { Milliseconds } from '../units/index.ts'
import { base } from './base.ts'
import { id, password, targetSettings } from './schemas.ts'

export type ConnectionTest =
  | {
      readonly ok: true
      readonly server: ServerFacts
      readonly capabilities: readonly Capability[]
      readonly tookMs: Milliseconds
      /** Settings after service file and variables were applied, so that the user sees where it went. */
      readonly resolved: TargetSettings
    }
  | { readonly ok: false; readonly diagnosis: ConnectionDiagnosis; readonly resolved: TargetSettings }

/** What was found around the user: to offer, not to decide. */
export interface TargetHints {
  readonly services: readonly string[]
  /** What the `PG*` variables say; absent where none is set. */
  readonly fromEnvironment?: TargetSettings
  /** Where `pg_service.conf` and the password file were looked for, and whether they are usable. */
  readonly files: readonly {
    readonly kind: 'service' | 'pgpass'
    readonly path: string
    readonly problem?: string
  }[]
}

const secret = password.exactOptional()

export const targets = {
  /** What `pg_service.conf`, the password file and the `PG*` variables offer. */
  hints: base.output(type<TargetHints>()),
  /** Reads a connection URL or a `key=value` string; a password in it is answered apart and stored nowhere. */
  parseUrl: base
    .input(z.strictObject({ url: z.string().max(10_000) }))
    .output(type<{ readonly settings: TargetSettings; readonly password?: string }>()),
  /** Saved targets, without their passwords. */
  list: base.output(type<readonly SavedTarget[]>()),
  /** Saves or renames; `password` goes to the keychain (`SECRET_UNAVAILABLE` if it refuses), `null` forgets it. */
  save: base
    .input(
      z.strictObject({
        targetId: id.exactOptional(),
        name: z.string().min(1).max(200),
        settings: targetSettings,
        password: password.nullable().exactOptional(),
      }),
    )
    .output(type<SavedTarget>()),
  /** Forgets a saved target and its password; who is connected to it stays connected. */
  remove: base.input(z.strictObject({ targetId: id })).output(type<void>()),
  /** Tries a connection and says what is wrong in words. A failed connection is an answer, not an error. */
  test: base
    .input(z.strictObject({ targetId: id.exactOptional(), settings: targetSettings, password: secret }))
    .output(type<ConnectionTest>()),
  /** Makes this the workbench's target. `PASSWORD_NEEDED` asks for one; `CONNECTION_FAILED` carries `facts.diagnosis`. */
  connect: base
    .input(
      z.strictObject({
        targetId: id.exactOptional(),
        name: z.string().min(1).max(200).exactOptional(),
        settings: targetSettings.exactOptional(),
        password: secret,
      }),
    )
    .output(type<ServerFacts>()),
  /** Leaves the target; a recording of it ends. */
  disconnect: base.output(type<void>()),
}
