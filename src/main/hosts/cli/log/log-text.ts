import type { DeadlockGroup } from '#shared/logs/index.ts'
import { formatBytes, formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import { formatTable } from '../report/table.ts'
import { fit, paint, type Terminal, wrap } from '../terminal.ts'
import type { ReadLog } from './read-log.ts'

const kindNames: Readonly<Record<string, string>> = {
  duration: 'timed statements',
  autoExplain: 'plans',
  statement: 'statements',
  error: 'errors',
  deadlock: 'deadlocks',
  lockWait: 'lock waits',
  checkpoint: 'checkpoints',
  tempFile: 'temporary files',
  autovacuum: 'autovacuum runs',
  connection: 'connections',
  other: 'others',
}

/** What `log` prints for people: what was read, what happened, and the dearest statements. */
export function formatLog(file: string, log: ReadLog, top: number, terminal: Terminal): string {
  const { format, reader, summary } = log
  const groups = summary.groups()
  const shown = groups.slice(0, top)
  const totalMs = groups.reduce((sum, group) => sum + group.totalMs, summary.others().totalMs)
  const [fromMs, toMs] = [summary.fromMs(), summary.toMs()]
  const range =
    fromMs === undefined || toMs === undefined ? [] : [`${formatTime(fromMs)} to ${formatTime(toMs)} UTC`]
  const head = [
    `${format}, ${formatCount(reader.lines())} lines, ${formatBytes(reader.bytes())}`,
    ...range,
  ].join(' · ')
  const events = Object.entries(summary.events())
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${kindNames[kind] ?? kind} ${formatCount(count)}`)
  const table = formatTable(
    ['total', 'share', 'calls', 'mean', 'p95', 'max', 'plans', 'statement'],
    shown.map((group) => [
      formatDuration(group.totalMs),
      totalMs > 0 ? formatPercent(group.totalMs / totalMs) : '',
      formatCount(group.calls),
      formatDuration(group.meanMs),
      formatDuration(group.p95Ms),
      formatDuration(group.maxMs),
      group.planCount === 0 ? '' : formatCount(group.planCount),
      group.text,
    ]),
    ['right', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
  )
  const left = groups.length - shown.length
  const notes = [...reader.warnings(), ...summary.warnings()].map((note) =>
    wrap(`Note: ${note}`, terminal.width, ''),
  )
  const sections = [
    `${paint(terminal, 'bold', fit(file, terminal.width))}\n${head}\n${wrap(events.join(' · '), terminal.width, '')}`,
    shown.length === 0
      ? 'No statement was logged with its time (log_min_duration_statement, auto_explain).'
      : table
          .split('\n')
          .map((line) => fit(line, terminal.width))
          .join('\n') + (left > 0 ? `\n… and ${formatCount(left)} more` : ''),
    formatDeadlocks(summary.deadlocks().slice(0, top), terminal),
    notes.join('\n'),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

/** Who stood in each other's way, by the shapes of their statements. */
function formatDeadlocks(deadlocks: readonly DeadlockGroup[], terminal: Terminal): string {
  if (deadlocks.length === 0) return ''
  const lines = deadlocks.flatMap(({ texts, count, lastMs, parties }) => {
    const when = lastMs === undefined ? '' : `, last at ${formatTime(lastMs)}`
    const untold = parties.length - texts.length
    return [
      `  ${formatCount(count)} ${count === 1 ? 'time' : 'times'}${when}`,
      ...texts.map((text) => `    ${text}`),
      ...(untold > 0 || texts.length === 0 ? ['    a statement that the log does not tell'] : []),
    ]
  })
  return [paint(terminal, 'bold', 'Deadlocks'), ...lines.map((line) => fit(line, terminal.width))].join('\n')
}

function formatTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}
