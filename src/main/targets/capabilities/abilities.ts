/** What was asked of the server; the text of its own answers. */
export interface Abilities {
  readonly version: string
  readonly versionNum: number
  readonly user: string
  readonly isSuperuser: boolean
  readonly isMonitor: boolean
  readonly readsAllStats: boolean
  readonly listsTempFiles: boolean
  /** Absent: the setting does not exist (its library isn't loaded) or may not be seen. */
  readonly settings: Readonly<Record<string, string>>
  /** Installed version by name; `null` = available, absent = not on the server. */
  readonly extensions: Readonly<Record<string, string | null>>
}
