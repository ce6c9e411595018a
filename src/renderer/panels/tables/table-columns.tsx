import type { DataColumn } from '#renderer/kit/index.ts'
import { type CountedRows, countRows } from '#shared/schema/index.ts'
import {
  type EpochMs,
  formatBytes,
  formatCount,
  formatCountShort,
  formatPercent,
  formatPercentAligned,
} from '#shared/units/index.ts'
import type { TableRow } from './build-rows.ts'
import { explainRows } from './words.ts'

const rowsInWords = ({ rows }: CountedRows) => (rows === undefined ? 'not known' : formatCountShort(rows))
const count = (value: number) => (value === 0 ? '' : formatCountShort(value))
/** How long ago, in its largest unit: what was vacuumed days ago need not tell the minute. */
function ago(atMs: EpochMs | undefined, nowMs: EpochMs): string {
  if (atMs === undefined) return ''
  const minutes = Math.max(0, nowMs - atMs) / 60_000
  if (minutes < 1) return `${Math.round(minutes * 60)} s`
  if (minutes < 90) return `${Math.round(minutes)} min`
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1_440)} d`
}

/** Later of the two; absent where neither ever happened. */
export function latest(a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return Math.max(a, b)
}

const vacuumedAtMs = ({ table }: TableRow) => latest(table.lastVacuumAtMs, table.lastAutovacuumAtMs)
const analysedAtMs = ({ table }: TableRow) => latest(table.lastAnalyzeAtMs, table.lastAutoanalyzeAtMs)

/** A table is due for vacuum, or its oldest rows for freezing. */
const tone = (ratio: number | undefined, warn: number, bad: number) =>
  ratio === undefined || ratio < warn ? '' : ratio < bad ? 'text-warn' : 'text-bad'

/** @param atMs when the reading was taken */
export function tableColumns(atMs: EpochMs): readonly DataColumn<TableRow>[] {
  return [
    {
      id: 'name',
      title: 'Table',
      origin: 'schema and name; partitions by themselves',
      width: 'minmax(100px, 1.4fr)',
      text: ({ table }) => `${table.schema}.${table.name}`,
      render: ({ table }) => (
        <span title={`${table.schema}.${table.name}`}>
          {table.schema !== 'public' && <span className="text-ink-3">{table.schema}.</span>}
          {table.name}
        </span>
      ),
    },
    {
      id: 'size',
      title: 'Size',
      origin: 'pg_total_relation_size: table, indexes, TOAST',
      width: '70px',
      numeric: true,
      sortBy: ({ table }) => table.totalBytes,
      text: ({ table }) => (table.totalBytes === undefined ? 'locked' : formatBytes(table.totalBytes)),
    },
    {
      id: 'grown',
      spare: 3,
      title: 'Grown',
      origin: 'change of the size over the range',
      width: '64px',
      numeric: true,
      sortBy: (row) => row.grownBytes,
      text: (row) => (row.grownBytes === 0 ? '' : formatBytes(row.grownBytes)),
    },
    {
      id: 'rows',
      title: 'Rows',
      origin: 'pg_stat_all_tables.n_live_tup, an estimate; pg_class.reltuples where the counters were lost',
      width: '62px',
      numeric: true,
      sortBy: ({ table }) => countRows(table).rows,
      text: ({ table }) => rowsInWords(countRows(table)),
      render: ({ table }) => {
        const counted = countRows(table)
        return (
          <span
            title={explainRows(counted, table)}
            className={counted.rows === undefined ? 'text-ink-3' : undefined}
          >
            {rowsInWords(counted)}
          </span>
        )
      },
    },
    {
      id: 'seq',
      title: 'Seq scans',
      origin: 'pg_stat_all_tables.seq_scan: whole reads over the range',
      width: '62px',
      numeric: true,
      sortBy: (row) => row.seqScans,
      text: (row) => count(row.seqScans),
    },
    {
      id: 'seqRows',
      spare: 6,
      title: 'Rows read',
      origin: 'seq_tup_read: by whole reads over the range',
      width: '64px',
      numeric: true,
      sortBy: (row) => row.seqRows,
      text: (row) => count(row.seqRows),
    },
    {
      id: 'index',
      title: 'Index scans',
      origin: 'idx_scan over the range',
      width: '72px',
      numeric: true,
      sortBy: (row) => row.indexScans,
      text: (row) => count(row.indexScans),
    },
    {
      id: 'written',
      spare: 5,
      title: 'Written',
      origin: 'rows inserted, updated and deleted over the range',
      width: '54px',
      numeric: true,
      sortBy: (row) => row.written,
      text: (row) => count(row.written),
    },
    {
      id: 'hot',
      spare: 1,
      title: 'HOT',
      origin: 'n_tup_hot_upd ÷ n_tup_upd since the counters began: updates that left indexes alone',
      width: '58px',
      numeric: true,
      sortBy: (row) => row.hotShare,
      text: (row) => (row.hotShare === undefined ? '' : formatPercentAligned(row.hotShare)),
    },
    {
      id: 'dead',
      title: 'Dead rows',
      origin: 'n_dead_tup; coloured when autovacuum is due by its settings',
      width: '64px',
      numeric: true,
      sortBy: ({ table }) => table.deadRows,
      text: ({ table }) => count(table.deadRows),
      render: ({ table, vacuum }) => (
        <span
          className={tone(vacuum.ratio, 1, 3)}
          title={`${formatCount(table.deadRows)} dead, autovacuum from ${formatCount(Math.round(vacuum.thresholdRows))}${vacuum.isOff ? ', but it is switched off' : ''}`}
        >
          {count(table.deadRows)}
        </span>
      ),
    },
    {
      id: 'bloat',
      title: 'Bloat',
      origin: 'size less what its rows need by their average width: an estimate, right to about a tenth',
      width: '64px',
      numeric: true,
      sortBy: (row) => row.bloat?.bytes,
      text: (row) => (row.bloat === undefined || row.bloat.bytes === 0 ? '' : formatBytes(row.bloat.bytes)),
      render: (row) =>
        row.bloat === undefined || row.bloat.bytes === 0 ? null : (
          <span
            className={row.bloat.bytes < 8 * 2 ** 20 ? '' : tone(row.bloat.share, 0.4, 0.7)}
            title={`${formatPercent(row.bloat.share)} of the table`}
          >
            {formatBytes(row.bloat.bytes)}
          </span>
        ),
    },
    {
      id: 'vacuum',
      title: 'Vacuumed',
      origin: 'since last_vacuum or last_autovacuum, whichever is later',
      width: '66px',
      numeric: true,
      sortBy: (row) => {
        const at = vacuumedAtMs(row)
        return at === undefined ? undefined : atMs - at
      },
      text: (row) => ago(vacuumedAtMs(row), atMs),
    },
    {
      id: 'analyse',
      spare: 4,
      title: 'Analysed',
      origin: 'since last_analyze or last_autoanalyze, whichever is later',
      width: '66px',
      numeric: true,
      sortBy: (row) => {
        const at = analysedAtMs(row)
        return at === undefined ? undefined : atMs - at
      },
      text: (row) => ago(analysedAtMs(row), atMs),
    },
    {
      id: 'freeze',
      spare: 2,
      title: 'Freeze',
      origin: 'age(relfrozenxid) ÷ autovacuum_freeze_max_age: at 100 % a vacuum is forced',
      width: '52px',
      numeric: true,
      sortBy: (row) => row.wraparound?.ofFreezeMaxAge,
      text: (row) =>
        row.wraparound === undefined
          ? ''
          : formatPercent(Math.round(row.wraparound.ofFreezeMaxAge * 100) / 100),
      render: (row) =>
        row.wraparound === undefined ? null : (
          <span className={tone(row.wraparound.ofFreezeMaxAge, 1, 2)}>
            {formatPercent(Math.round(row.wraparound.ofFreezeMaxAge * 100) / 100)}
          </span>
        ),
    },
  ]
}
