import v1 from './v1.sql?raw'
import v2 from './v2.sql?raw'
import v3 from './v3.sql?raw'

/** Brings a file from format `version - 1` to `version`; format 0 is an empty file. */
export interface Upgrade {
  readonly version: number
  /** Statements run in one transaction together with the new `meta.format_version`. */
  readonly sql: string
}

/**
 * One upgrader a format version, oldest first. A new session is made by running all of them, so there is one way
 * to a format, not two. To add a version: `v<n>.sql`, a line here, `currentFormatVersion`, the page in
 * docs/formats/session.md, and a stored sample (`node scripts/record-session-fixture.mjs`).
 */
export const upgrades: readonly Upgrade[] = [
  { version: 1, sql: v1 },
  { version: 2, sql: v2 },
  { version: 3, sql: v3 },
]
