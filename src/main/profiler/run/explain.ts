import type { ExplainOptions, RunMode } from '#shared/session/index.ts'

export interface ExplainPrefix {
  /** To be put before the statement; only ASCII, so that its length is the shift of error positions. */
  readonly sql: string
  /** Options that were asked for and that this server lacks. */
  readonly notes: readonly string[]
}

/**
 * `EXPLAIN (…)` for a mode, with the options that the server's version knows.
 *
 * Options are always written out: PostgreSQL 18 switches BUFFERS on by itself with ANALYZE.
 *
 * @source PostgreSQL manual, EXPLAIN, of versions 13 to 19
 */
export function buildExplain(
  mode: Exclude<RunMode, 'run'>,
  options: ExplainOptions,
  versionNum: number,
): ExplainPrefix {
  const parts: string[] = []
  const missing: string[] = []
  const add = (name: string, value: boolean | string, since = 130_000): void => {
    if (versionNum >= since)
      parts.push(typeof value === 'boolean' ? `${name} ${value ? 'on' : 'off'}` : `${name} ${value}`)
    else if (value !== false && value !== 'none')
      missing.push(`${name} (PostgreSQL ${Math.floor(since / 10_000)} and later)`)
  }
  if (mode === 'analyse') parts.push('ANALYZE on')
  if (mode === 'generic') parts.push('GENERIC_PLAN on')
  add('VERBOSE', options.verbose)
  add('SETTINGS', options.settings)
  add('BUFFERS', options.buffers)
  if (mode === 'analyse') {
    add('WAL', options.wal)
    add('TIMING', options.timing)
    add('SERIALIZE', options.serialize, 170_000)
  }
  add('MEMORY', options.memory, 170_000)
  parts.push('FORMAT json')
  const notes = missing.map((name) => `Left out of EXPLAIN, since this server lacks it: ${name}.`)
  return { sql: `EXPLAIN (${parts.join(', ')}) `, notes }
}
