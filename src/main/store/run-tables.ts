/** What belongs to a run besides its line in `runs`; each row names the run by its ordinal. */
export const childTables = [
  'run_top_waits',
  'run_parameters',
  'run_settings',
  'run_own_settings',
  'run_plans',
  'run_wait_samples',
  'run_lock_waits',
  'run_held_locks',
  'run_counters',
  'run_notes',
] as const
