import { Spark } from '#renderer/charts/index.ts'
import type { DataColumn } from '#renderer/kit/index.ts'
import { labelOfKey } from '#renderer/session-charts/index.ts'
import { noKey } from '#shared/activity/index.ts'
import {
  type Bytes,
  formatBytes,
  formatCountShort,
  formatDuration,
  formatPercentAligned,
} from '#shared/units/index.ts'
import {
  deviationMs,
  type FigureUnit,
  meanExecutionMs,
  type StatementFigure,
  type StatementFigures,
  statementFigures,
} from '#shared/workload/index.ts'
import type { ListedStatement } from './listed.ts'
import { LoadBar } from './load-bar.tsx'

export interface ColumnChoice {
  /** `pg_stat_statements` was read within the range. */
  readonly hasFigures: boolean
  /** Figures that are more than zero in a row. */
  readonly used: ReadonlySet<string>
  readonly blockBytes: Bytes
  /** Load of the busiest row, in sessions: its bar is a full one. */
  readonly most: number
}

type Column = DataColumn<ListedStatement>

/** What the table shows of a statement; what nobody does (temporary files, planning) has no column. */
export function statementColumns({ hasFigures, used, blockBytes, most }: ColumnChoice): readonly Column[] {
  return [
    statement,
    loadColumn(most),
    trend,
    ...(hasFigures ? figureColumns(used, blockBytes) : [sessions, databases, users]),
  ]
}

/** Sampled without text and query id: whoever did it was between statements, or no client. */
function nameOf({ text, key }: Pick<ListedStatement, 'text' | 'key'>): string {
  return text ?? (key === noKey ? labelOfKey('statement', key) : `query id ${key}`)
}

const statement: Column = {
  id: 'statement',
  title: 'Statement',
  origin: 'pg_stat_statements.query; where it isn’t known, as pg_stat_activity.query showed it',
  width: 'minmax(190px, 1fr)',
  text: nameOf,
  render: (row) => (
    <span className="font-mono text-sm" title={row.text}>
      {row.text ?? <span className="text-ink-3">{nameOf(row)}</span>}
    </span>
  ),
}

const loadColumn = (most: number): Column => ({
  id: 'load',
  title: 'Load',
  origin:
    'Its share of all load: samples of pg_stat_activity in which it was at work. The bar is by wait class, as wide as its load beside the largest',
  width: '112px',
  numeric: true,
  sortBy: ({ averageSessions }) => averageSessions,
  text: ({ loadShare }) => (loadShare === undefined ? '' : formatPercentAligned(loadShare)),
  render: (row) => <LoadBar row={row} most={most} />,
})

const trend: Column = {
  id: 'trend',
  title: 'Trend',
  origin: 'load over the time range; each row to its own scale',
  width: '56px',
  sortBy: ({ averageSessions }) => (averageSessions === undefined ? undefined : -averageSessions),
  isPicture: true,
  text: () => '',
  render: ({ spark }) => (spark === undefined ? null : <Spark values={spark} className="max-w-full" />),
}

const sessions: Column = {
  id: 'sessions',
  title: 'Sessions',
  origin: 'average active sessions that ran it',
  width: '70px',
  numeric: true,
  sortBy: ({ averageSessions }) => averageSessions,
  text: ({ averageSessions }) => averageSessions?.toFixed(2) ?? '',
}

const databases: Column = {
  id: 'database',
  title: 'Database',
  origin: 'pg_stat_activity.datname',
  width: 'minmax(70px, 0.25fr)',
  text: (row) => row.databases.join(', '),
}

const users: Column = {
  id: 'user',
  title: 'User',
  origin: 'pg_stat_activity.usename',
  width: 'minmax(70px, 0.25fr)',
  text: (row) => row.users.join(', '),
}

function figureColumns(used: ReadonlySet<string>, blockBytes: Bytes): readonly Column[] {
  const inBytes = (blocks: number) => formatBytes(blocks * blockBytes)
  const columns: readonly (Column & { readonly needs?: readonly StatementFigure[] })[] = [
    column({ id: 'executionMs', title: 'Time', width: '78px' }),
    column({ id: 'calls', title: 'Calls', width: '54px' }),
    {
      id: 'mean',
      title: 'Mean',
      origin: 'time of execution ÷ calls: pg_stat_statements.total_exec_time, calls',
      width: '60px',
      numeric: true,
      sortBy: ({ figures }) => (figures === undefined ? undefined : meanExecutionMs(figures)),
      text: ({ figures }) =>
        optional(figures === undefined ? undefined : meanExecutionMs(figures), formatDuration),
    },
    { ...column({ id: 'rows', title: 'Rows', width: '54px' }), spare: 2 },
    {
      ...column({ id: 'sharedReadBlocks', title: 'Read', width: '62px', format: inBytes }),
      origin: 'blocks that were not in shared buffers, as bytes: pg_stat_statements.shared_blks_read',
      needs: ['sharedReadBlocks'],
      spare: 1,
    },
    { ...column({ id: 'readMs', title: 'Reading', width: '60px' }), needs: ['readMs'], spare: 6 },
    {
      ...column({ id: 'tempWrittenBlocks', title: 'Temp', width: '60px', format: inBytes }),
      origin: 'written to temporary files, as bytes: pg_stat_statements.temp_blks_written',
      needs: ['tempWrittenBlocks'],
      spare: 4,
    },
    { ...column({ id: 'walBytes', title: 'WAL', width: '60px' }), needs: ['walBytes'], spare: 3 },
    { ...column({ id: 'planningMs', title: 'Planning', width: '62px' }), needs: ['planningMs'], spare: 5 },
  ]
  return columns.filter(({ needs = [] }) => needs.every((figure) => used.has(figure)))
}

function column(options: {
  readonly id: StatementFigure
  readonly title: string
  readonly width: string
  readonly format?: (value: number) => string
}): Column {
  const { id, title, width, format = formatOf[statementFigures[id].unit] } = options
  const { label, source } = statementFigures[id]
  return {
    id,
    title,
    origin: `${label}: pg_stat_statements.${source}`,
    width,
    numeric: true,
    sortBy: ({ figures }) => figures?.[id],
    // A column of zeros is noise around what is not zero.
    text: ({ figures }) => (figures?.[id] === 0 ? '' : optional(figures?.[id], format)),
  }
}

const formatOf: Readonly<Record<FigureUnit, (value: number) => string>> = {
  count: formatCountShort,
  ms: formatDuration,
  'ms²': String,
  blocks: formatCountShort,
  bytes: formatBytes,
}

function optional(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '' : format(value)
}

/** A figure as people read it, by its unit. */
export function formatFigure(figures: StatementFigures, name: StatementFigure, blockBytes: Bytes): string {
  const value = figures[name] ?? 0
  const { unit } = statementFigures[name]
  return unit === 'blocks' ? formatBytes(value * blockBytes) : formatOf[unit](value)
}

/** `3.2 ms ± 41 ms`: how long a call takes, and how much calls differ. */
export function formatMean(figures: StatementFigures): string | undefined {
  const mean = meanExecutionMs(figures)
  if (mean === undefined) return undefined
  const deviation = deviationMs(figures)
  return deviation === undefined
    ? formatDuration(mean)
    : `${formatDuration(mean)} ± ${formatDuration(deviation)}`
}
