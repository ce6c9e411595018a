import type { ReactNode } from 'react'
import { waitClassToken } from '#renderer/theme/index.ts'
import type { RunMode, RunSummary } from '#shared/session/index.ts'
import {
  formatCount,
  formatCountShort,
  formatDuration,
  formatFactor,
  formatPercent,
} from '#shared/units/index.ts'
import { elapsedAgainst } from './compare.ts'

export interface RunColumn {
  readonly id: string
  readonly title: string
  readonly width: string
  readonly numeric: boolean
  readonly origin: string
  readonly render: (run: RunSummary, opened: RunSummary | undefined) => ReactNode
}

const modeWords: Readonly<Record<RunMode, string>> = {
  run: 'run',
  explain: 'plan only',
  analyse: 'analyse',
  generic: 'generic plan',
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const dateAndClock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

const dim = (text: string | undefined) =>
  text === undefined ? null : <span className="text-ink-2">{text}</span>
const blocks = (count: number | undefined) =>
  count === undefined || count === 0 ? null : dim(formatCountShort(count))

/** Figures side by side: what was run, how long it took against the opened run, and where the time went. */
export const runColumns: readonly RunColumn[] = [
  {
    id: 'ordinal',
    title: '#',
    width: '36px',
    numeric: true,
    origin: 'Order of start within the session',
    render: (run) => dim(String(run.ordinal)),
  },
  {
    id: 'statement',
    title: 'Statement',
    width: 'minmax(160px, 1fr)',
    numeric: false,
    origin: 'Its first words; open the run to see all',
    render: (run) => (
      <span className="font-mono text-sm" title={run.statement.slice(0, 2_000)}>
        {run.statement.slice(0, 300).replaceAll(/\s+/g, ' ').trim()}
      </span>
    ),
  },
  {
    id: 'mode',
    title: 'Mode',
    width: '76px',
    numeric: false,
    origin: 'What was asked of the server',
    render: (run) => dim(modeWords[run.mode]),
  },
  {
    id: 'started',
    title: 'Started',
    width: '60px',
    numeric: false,
    origin: 'Local time',
    render: (run) => (
      <time
        className="text-ink-2"
        dateTime={new Date(run.startedAtMs).toISOString()}
        title={dateAndClock.format(run.startedAtMs)}
      >
        {clock.format(run.startedAtMs)}
      </time>
    ),
  },
  {
    id: 'elapsed',
    title: 'Elapsed',
    width: '68px',
    numeric: true,
    origin: 'Statement sent → last row received, on the workbench’s clock',
    render: (run) => <Elapsed run={run} />,
  },
  {
    id: 'against',
    title: '×',
    width: '62px',
    numeric: true,
    origin: 'Elapsed ÷ elapsed of the opened run: below 1× is faster',
    render: (run, opened) => <Against run={run} opened={opened} />,
  },
  {
    id: 'execution',
    title: 'Execution',
    width: '66px',
    numeric: true,
    origin: 'Execution Time of EXPLAIN',
    render: (run) =>
      dim(run.timings.executionMs === undefined ? undefined : formatDuration(run.timings.executionMs)),
  },
  {
    id: 'rows',
    title: 'Rows',
    width: '62px',
    numeric: true,
    origin: 'Rows received, or rows the plan’s root returned',
    render: (run) => dim(formatCount(run.rows)),
  },
  {
    id: 'hit',
    title: 'Hit',
    width: '52px',
    numeric: true,
    origin: 'Shared blocks found in shared buffers',
    render: (run) => blocks(run.sharedHitBlocks),
  },
  {
    id: 'read',
    title: 'Read',
    width: '52px',
    numeric: true,
    origin: 'Shared blocks read',
    render: (run) => blocks(run.sharedReadBlocks),
  },
  {
    id: 'temp',
    title: 'Temp',
    width: '62px',
    numeric: true,
    origin: 'Temporary blocks written',
    render: (run) => blocks(run.tempWrittenBlocks),
  },
  {
    id: 'waits',
    title: 'Waits',
    width: '84px',
    numeric: false,
    origin: 'Share of samples by wait event',
    render: (run) => <WaitBar run={run} />,
  },
]

function Elapsed({ run }: { readonly run: RunSummary }) {
  if (run.state === 'running') return <span className="text-info">running</span>
  if (run.state === 'failed') {
    return (
      <span className="text-bad" title={run.error?.message}>
        failed
      </span>
    )
  }
  if (run.state === 'cancelled') return <span className="text-warn">cancelled</span>
  return formatDuration(run.timings.elapsedMs)
}

function Against({ run, opened }: { readonly run: RunSummary; readonly opened: RunSummary | undefined }) {
  const against = elapsedAgainst(run, opened)
  if (against === undefined) return null
  const tone = against <= 0.9 ? 'text-ok' : against >= 1.1 ? 'text-warn' : 'text-ink-2'
  return <span className={tone}>{formatFactor(against)}</span>
}

function WaitBar({ run }: { readonly run: RunSummary }) {
  if (run.topWaits.length === 0) return null
  const words = run.topWaits
    .map((wait) => `${wait.waitEvent ?? wait.waitClass} ${formatPercent(wait.share)}`)
    .join(', ')
  return (
    <span
      role="img"
      aria-label={words}
      title={words}
      className="flex h-2.5 overflow-hidden rounded-sm bg-surface-2"
    >
      {run.topWaits.map((wait) => (
        <span
          key={`${wait.waitClass}:${wait.waitEvent ?? ''}`}
          style={{ width: `${wait.share * 100}%`, background: `var(${waitClassToken[wait.waitClass]})` }}
        />
      ))}
    </span>
  )
}
