import type { Capability } from '#shared/session/index.ts'
import { quoteIdentifier } from '../sql/quote.ts'
import type { Abilities } from './abilities.ts'

/** Extensions and preloaded libraries, each with what brings it. */
export function describeExtensions(abilities: Abilities): readonly Capability[] {
  return [
    describeStatementStatistics(abilities),
    describeAutoExplain(abilities),
    describeWaitSampling(abilities),
    describePlainExtension(abilities, {
      name: 'pg_buffercache',
      label: 'What the buffer cache holds (pg_buffercache)',
      gives: 'Shows which tables and indexes are cached.',
      lost: 'The content of shared buffers can’t be shown.',
    }),
    describePlainExtension(abilities, {
      name: 'hypopg',
      label: 'Hypothetical indexes (HypoPG)',
      gives: 'An index can be tried on the planner without building it.',
      lost: 'An index can only be tried by building it.',
      isExtra: true,
    }),
  ]
}

/** What of `pg_stat_statements` there is, and what brings the rest. */
export function describeStatementStatistics(
  abilities: Pick<Abilities, 'settings' | 'extensions' | 'isSuperuser' | 'readsAllStats' | 'user'>,
): Capability {
  const { settings, extensions, isSuperuser, readsAllStats, user } = abilities
  const capability = {
    id: 'pg_stat_statements',
    label: 'Statistics of all statements (pg_stat_statements)',
  }
  if (settings['pg_stat_statements.max'] === undefined) {
    return {
      ...capability,
      state: 'missing',
      meaning: 'No statistics by statement: the library is not loaded.',
      mend: mendPreload('pg_stat_statements', settings, extensions),
    }
  }
  if (!extensions['pg_stat_statements']) {
    return {
      ...capability,
      state: 'partial',
      meaning: 'The library counts, but this database lacks the view to read it.',
      mend: 'CREATE EXTENSION pg_stat_statements;',
    }
  }
  if (settings['pg_stat_statements.track'] === 'none') {
    return {
      ...capability,
      state: 'partial',
      meaning: 'It is installed, but told to count nothing.',
      mend: `ALTER SYSTEM SET pg_stat_statements.track = 'top'; SELECT pg_reload_conf();`,
    }
  }
  if (!isSuperuser && !readsAllStats) {
    return {
      ...capability,
      state: 'partial',
      meaning: 'Texts of other users’ statements stay hidden.',
      mend: `GRANT pg_read_all_stats TO ${quoteIdentifier(user)};`,
    }
  }
  return { ...capability, state: 'present', meaning: 'Calls, times and blocks of every statement.' }
}

function describeAutoExplain({ settings }: Abilities): Capability {
  const capability = { id: 'auto_explain', label: 'Plans of slow statements in the log (auto_explain)' }
  const threshold = settings['auto_explain.log_min_duration']
  if (threshold === undefined) {
    return {
      ...capability,
      state: 'missing',
      meaning: 'Plans of statements that others run are not written to the log.',
      mend: mendPreload('auto_explain', settings),
    }
  }
  if (threshold === '-1') {
    return {
      ...capability,
      state: 'partial',
      meaning: 'It is loaded, but no duration is set from which on it writes plans.',
      mend: `ALTER SYSTEM SET auto_explain.log_min_duration = '250ms'; SELECT pg_reload_conf();`,
    }
  }
  return {
    ...capability,
    state: 'present',
    meaning: `Plans of statements from ${threshold} ms on are in the log.`,
  }
}

function describeWaitSampling({ settings, extensions }: Abilities): Capability {
  const capability = {
    id: 'pg_wait_sampling',
    label: 'Wait history inside the server (pg_wait_sampling)',
    isExtra: true,
  } as const
  const isLoaded = settings['pg_wait_sampling.history_size'] !== undefined
  if (isLoaded && extensions['pg_wait_sampling']) {
    return { ...capability, state: 'present', meaning: 'Waits are sampled by the server itself.' }
  }
  if (isLoaded) {
    return {
      ...capability,
      state: 'partial',
      meaning: 'The library samples, but this database lacks the view to read it.',
      mend: 'CREATE EXTENSION pg_wait_sampling;',
    }
  }
  return {
    ...capability,
    state: 'missing',
    meaning: 'Waits are sampled from outside, which does for nearly everything.',
    mend: mendPreload('pg_wait_sampling', settings, extensions),
  }
}

function describePlainExtension(
  { extensions }: Abilities,
  words: {
    readonly name: string
    readonly label: string
    readonly gives: string
    readonly lost: string
    readonly isExtra?: true
  },
): Capability {
  const isInstalled = Boolean(extensions[words.name])
  const isAvailable = words.name in extensions
  return {
    id: words.name,
    label: words.label,
    state: isInstalled ? 'present' : 'missing',
    meaning: isInstalled ? words.gives : words.lost,
    ...(words.isExtra === undefined ? {} : { isExtra: words.isExtra }),
    ...(isInstalled
      ? {}
      : { mend: `${isAvailable ? '' : packageFirst(words.name)}CREATE EXTENSION ${words.name};` }),
  }
}

/** The list is extended, never replaced. Each name is quoted by itself: a quoted list would be one long name. */
function mendPreload(
  library: string,
  settings: Abilities['settings'],
  extensions?: Abilities['extensions'],
): string {
  const isAvailable = extensions === undefined || library in extensions
  const before = isAvailable ? '' : packageFirst(library)
  const after = extensions?.[library] === null || !isAvailable ? ` CREATE EXTENSION ${library};` : ''
  const loaded = settings['shared_preload_libraries']
  if (loaded === undefined) {
    return `${before}-- add ${library} to shared_preload_libraries in postgresql.conf and restart the server${after === '' ? '' : `, then:\n${after.trim()}`}`
  }
  const names = [...loaded.split(',').map((name) => name.trim()), library].filter((name) => name !== '')
  const list = names.map((name) => `'${name.replaceAll("'", "''")}'`).join(', ')
  return `${before}ALTER SYSTEM SET shared_preload_libraries = ${list}; -- then restart the server${after === '' ? '' : `, then:\n${after.trim()}`}`
}

function packageFirst(name: string): string {
  return `-- first install the package with ${name} on the server's machine\n`
}
