import type { Capability } from '#shared/session/index.ts'
import { quoteIdentifier } from '../sql/quote.ts'
import type { Abilities } from './abilities.ts'
import { describeExtensions } from './extensions.ts'

/** The newest major version whose statistics views this workbench knows. */
const newestMajor = 18

/** What the server offers, each missing thing with the statement that mends it. Mends need a superuser. */
export function describeCapabilities(abilities: Abilities): readonly Capability[] {
  return [
    describeVersion(abilities),
    describeMonitor(abilities),
    ...describeSettings(abilities),
    ...describeExtensions(abilities),
    describeTempFiles(abilities),
    describeBackendCounters(abilities),
  ]
}

function describeVersion({ version, versionNum }: Abilities): Capability {
  const major = Math.floor(versionNum / 10_000)
  const isNewer = major > newestMajor
  return {
    id: 'version',
    label: `PostgreSQL ${version}`,
    state: isNewer ? 'partial' : 'present',
    meaning: isNewer
      ? `Newer than this workbench knows: it asks what PostgreSQL ${newestMajor} answers, and shows nothing that is new since.`
      : 'Between 13 and 18: all its statistics views are known.',
  }
}

function describeMonitor({ isSuperuser, isMonitor, user }: Abilities): Capability {
  const isPresent = isSuperuser || isMonitor
  return {
    id: 'pg_monitor',
    label: 'Reading everybody’s activity (pg_monitor)',
    state: isPresent ? 'present' : 'missing',
    meaning: isPresent
      ? 'Statements, waits and statistics of all users are visible.'
      : 'Statements and waits of other users stay hidden, and with them who blocks whom.',
    ...(isPresent ? {} : { mend: `GRANT pg_monitor TO ${quoteIdentifier(user)};` }),
  }
}

/** Settings that take effect with a reload. */
const switches = [
  {
    name: 'track_activities',
    label: 'Current statement and waits of each backend (track_activities)',
    gives: 'Activity shows what each backend runs and waits for.',
    lost: 'Backends show neither their statement nor their waits.',
    since: 0,
  },
  {
    name: 'track_io_timing',
    label: 'Time spent on reads and writes (track_io_timing)',
    gives: 'Plans and statistics say how long reads and writes took.',
    lost: 'Plans and statistics count blocks, but not the time they took.',
    since: 0,
  },
  {
    name: 'compute_query_id',
    label: 'Statement identifiers in activity (compute_query_id)',
    gives: 'Activity and statement statistics share an identifier.',
    lost: 'Activity can’t be joined to statement statistics.',
    since: 140_000,
  },
] as const

function describeSettings(abilities: Abilities): readonly Capability[] {
  return switches
    .filter(({ since }) => abilities.versionNum >= since)
    .map(({ name, label, gives, lost }): Capability => {
      const isOn = isSwitchedOn(name, abilities)
      return {
        id: name,
        label,
        state: isOn ? 'present' : 'missing',
        meaning: isOn ? gives : lost,
        ...(isOn ? {} : { mend: `ALTER SYSTEM SET ${name} = on; SELECT pg_reload_conf();` }),
      }
    })
}

/** `compute_query_id = auto` is on as soon as a library asks for it (manual, "Statistics Monitoring"). */
function isSwitchedOn(name: string, { settings }: Abilities): boolean {
  const value = settings[name]
  if (value === 'auto') return settings['pg_stat_statements.max'] !== undefined
  return value === 'on' || value === 'regress'
}

function describeTempFiles({ listsTempFiles, user }: Abilities): Capability {
  return {
    id: 'pg_ls_tmpdir',
    label: 'Temporary files in use (pg_ls_tmpdir)',
    state: listsTempFiles ? 'present' : 'missing',
    meaning: listsTempFiles
      ? 'Files that sorts and hashes spill to are seen while they grow.'
      : 'Spilling is seen only afterwards, in the plan.',
    ...(listsTempFiles ? {} : { mend: `GRANT pg_monitor TO ${quoteIdentifier(user)};` }),
  }
}

function describeBackendCounters({ versionNum }: Abilities): Capability {
  const isPresent = versionNum >= 180_000
  return {
    id: 'backend_io',
    label: 'I/O and WAL counters of one backend',
    state: isPresent ? 'present' : 'missing',
    meaning: isPresent
      ? 'A run’s own reads, writes and WAL are counted beside the plan.'
      : 'PostgreSQL 18 brings them; until then the plan’s own figures have to do.',
  }
}
