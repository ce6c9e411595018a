import type { DataColumn } from '#renderer/kit/index.ts'
import { waitClassToken } from '#renderer/theme/index.ts'
import { hiddenState } from '#shared/activity/index.ts'
import type { BackendRow } from '#shared/contract/index.ts'
import { condenseStatement } from '#shared/statements/index.ts'
import { type EpochMs, formatBytes, formatDuration, formatPercentAligned } from '#shared/units/index.ts'

/** How long ago, as seen at the look; a moment after it (the clocks of two questions) is no time at all. */
export function ageMs(sinceMs: EpochMs | undefined, atMs: EpochMs): number | undefined {
  return sinceMs === undefined ? undefined : Math.max(0, atMs - sinceMs)
}

const duration = (ms: number | undefined) => (ms === undefined ? '' : formatDuration(Math.round(ms)))
const perSecond = (bytes: number | undefined) => (bytes === undefined ? '' : `${formatBytes(bytes)}/s`)

/** `Lock:transactionid`; CPU has no event. */
export function describeWait({ waitClass, waitEvent }: BackendRow): string {
  return waitEvent === undefined ? waitClass : `${waitClass}: ${waitEvent}`
}

/** Of these there is no wait to tell: they have nothing to do, or may not be looked at. */
const isIdle = (row: BackendRow) => row.state === 'idle' || row.state === hiddenState

function stateTone({ state }: BackendRow): string {
  if (state.startsWith('idle in transaction')) return 'text-warn'
  return state === hiddenState ? 'text-ink-3' : ''
}

/** @param atMs when the look was taken */
export function activityColumns(
  atMs: EpochMs,
  has: { readonly hostFigures: boolean; readonly databases: boolean },
): readonly DataColumn<BackendRow>[] {
  const statementAge = (row: BackendRow) => (isIdle(row) ? undefined : ageMs(row.statementStartedAtMs, atMs))
  const transactionAge = (row: BackendRow) => ageMs(row.transactionStartedAtMs, atMs)
  return [
    {
      id: 'pid',
      title: 'Process',
      origin: 'pg_stat_activity.pid',
      width: '54px',
      numeric: true,
      sortBy: (row) => row.pid,
      text: (row) => String(row.pid),
    },
    {
      id: 'who',
      spare: 1,
      title: 'User',
      origin: 'pg_stat_activity.usename, or the kind of process for the server’s own',
      width: 'minmax(88px, 0.6fr)',
      text: (row) => row.user ?? row.backendType,
    },
    ...(has.databases ? [databaseColumn] : []),
    {
      id: 'application',
      spare: 3,
      title: 'Application',
      origin: 'pg_stat_activity.application_name',
      width: 'minmax(96px, 0.8fr)',
      text: (row) => row.application ?? '',
    },
    {
      id: 'state',
      title: 'State',
      origin: 'pg_stat_activity.state',
      width: '118px',
      text: (row) => row.state,
      render: (row) => <span className={stateTone(row)}>{row.state}</span>,
    },
    {
      id: 'wait',
      title: 'Doing or waiting for',
      origin: 'pg_stat_activity.wait_event_type and wait_event; CPU = active without a wait event',
      width: 'minmax(132px, 0.9fr)',
      text: (row) => (isIdle(row) ? '' : describeWait(row)),
      render: (row) =>
        isIdle(row) ? null : (
          <span className="inline-flex max-w-full items-center gap-1.5">
            <span
              aria-hidden
              className="size-2 shrink-0 rounded-xs"
              style={{ background: `var(${waitClassToken[row.waitClass]})` }}
            />
            <span className="truncate">{describeWait(row)}</span>
          </span>
        ),
    },
    {
      id: 'statementAge',
      title: 'Statement',
      origin: 'since pg_stat_activity.query_start; of an idle transaction, since its last statement began',
      width: '72px',
      numeric: true,
      sortBy: statementAge,
      text: (row) => duration(statementAge(row)),
    },
    {
      id: 'transactionAge',
      spare: 4,
      title: 'Transaction',
      origin: 'since pg_stat_activity.xact_start',
      width: '72px',
      numeric: true,
      sortBy: transactionAge,
      text: (row) => duration(transactionAge(row)),
    },
    {
      id: 'blockers',
      spare: 2,
      title: 'Waits for',
      origin: 'pg_blocking_pids(): who holds what it wants, or stands ahead of it in the queue',
      width: '72px',
      sortBy: (row) => row.blockerPids?.[0],
      text: (row) => row.blockerPids?.join(', ') ?? '',
    },
    {
      id: 'blocks',
      title: 'Blocks',
      origin: 'how many wait for it, directly or behind others',
      width: '52px',
      numeric: true,
      sortBy: (row) => (row.blocks === 0 ? undefined : row.blocks),
      text: (row) => (row.blocks === 0 ? '' : String(row.blocks)),
      render: (row) =>
        row.blocks === 0 ? null : <span className="font-semibold text-bad">{row.blocks}</span>,
    },
    ...(has.hostFigures ? hostColumns : []),
    {
      id: 'statement',
      title: 'Text',
      origin: 'pg_stat_activity.query; of an idle connection, its last one',
      width: 'minmax(170px, 1.4fr)',
      // Copied whole, drawn in short.
      text: (row) => row.statement ?? '',
      render: (row) => (
        <span className={`font-mono text-sm ${row.state === 'active' ? '' : 'text-ink-3'}`}>
          {condenseStatement(row.statement ?? '')}
        </span>
      ),
    },
  ]
}

const databaseColumn: DataColumn<BackendRow> = {
  id: 'database',
  spare: 8,
  title: 'Database',
  origin: 'pg_stat_activity.datname',
  width: 'minmax(60px, 0.35fr)',
  text: (row) => row.database ?? '',
}

const hostColumns: readonly DataColumn<BackendRow>[] = [
  {
    id: 'cpu',
    spare: 5,
    title: 'CPU',
    origin: '/proc/<pid>/schedstat, of one core, since the last look',
    width: '56px',
    numeric: true,
    sortBy: (row) => row.cpuShare,
    text: (row) => (row.cpuShare === undefined ? '' : formatPercentAligned(row.cpuShare)),
  },
  {
    id: 'read',
    spare: 7,
    title: 'Read',
    origin: '/proc/<pid>/io read_bytes: from the storage, the system’s cache left out',
    width: '80px',
    numeric: true,
    sortBy: (row) => row.readBytesPerSecond,
    text: (row) => perSecond(row.readBytesPerSecond),
  },
  {
    id: 'write',
    spare: 6,
    title: 'Write',
    origin: '/proc/<pid>/io write_bytes',
    width: '80px',
    numeric: true,
    sortBy: (row) => row.writeBytesPerSecond,
    text: (row) => perSecond(row.writeBytesPerSecond),
  },
]
