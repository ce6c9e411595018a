/** Tables of what was recorded; `upgrades/v3.sql` makes them, docs/formats/session.md describes them. */
export const recordedTables = [
  'recordings',
  'origins',
  'backends',
  'doings',
  'statements',
  'statement_texts',
  'statement_examples',
  'statement_entries',
  'statement_ticks',
  'statement_deltas',
  'activity_ticks',
  'activity_samples',
  'activity_minutes',
  'series',
  'metric_groups',
  'metric_ticks',
  'metric_samples',
  'metric_minutes',
  'lock_ticks',
  'lock_states',
  'lock_waits',
  'lock_holds',
  'markers',
  'server_settings',
  'schema_readings',
  'table_readings',
  'index_readings',
  'foreign_key_readings',
] as const
export type RecordedTable = (typeof recordedTables)[number]

/** Tables that give numbers to what many rows name, each with the column of the number. */
export const dictionaries = {
  origins: 'origin_no',
  backends: 'backend_no',
  doings: 'doing_no',
  statements: 'statement_no',
  statement_entries: 'entry_no',
  series: 'series_no',
  metric_groups: 'group_no',
  schema_readings: 'reading_no',
  lock_states: 'state_no',
  lock_waits: 'wait_no',
  lock_holds: 'hold_no',
} as const satisfies { readonly [Table in RecordedTable]?: string }
export type Dictionary = keyof typeof dictionaries

/** The number that each dictionary gives next: a file may hold earlier recordings. */
export type NextNumbers = Readonly<Record<Dictionary, number>>

/** What rows of other tables refer to: never given up, even where memory runs short. */
export const referredTables: ReadonlySet<RecordedTable> = new Set([
  'origins',
  'backends',
  'doings',
  'statements',
  'statement_texts',
  'statement_entries',
  'series',
  'metric_groups',
  // A reading keeps what has changed since the one before.
  'schema_readings',
  'table_readings',
  'index_readings',
  'foreign_key_readings',
  'lock_states',
  'lock_waits',
  'lock_holds',
])
