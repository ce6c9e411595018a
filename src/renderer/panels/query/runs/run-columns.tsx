import type { DataColumn } from '#renderer/kit/index.ts'
import { waitClassToken } from '#renderer/theme/index.ts'
import type { RunMode, RunSummary } from '#shared/session/index.ts'
import { condenseStatement } from '#shared/statements/index.ts'
import { formatCountShort, formatDuration, formatFactor, formatPercent } from '#shared/units/index.ts'
import { elapsedAgainst } from './compare.ts'

const modeWords: Readonly<Record<RunMode, string>> = {
  run: 'run',
  explain: 'plan only',
  analyse: 'analyse',
  generic: 'generic plan',
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const dateAndClock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

/** A figure in the second ink, as most of a run's are; nothing where there is none. */
const figure = (
  read: (run: RunSummary) => number | undefined,
  format: (value: number) => string,
): Pick<DataColumn<RunSummary>, 'numeric' | 'sortBy' | 'text' | 'render'> => {
  const text = (run: RunSummary) => {
    const value = read(run)
    return value === undefined ? '' : format(value)
  }
  return {
    numeric: true,
    sortBy: read,
    text,
    render: (run) => <span className="text-ink-2">{text(run)}</span>,
  }
}

/** Blocks that a run had to do with; none are not worth a figure. */
const blocks = (read: (run: RunSummary) => number | undefined) =>
  figure((run) => read(run) || undefined, formatCountShort)

/**
 * Figures side by side: what was run, how long it took against the opened run, and where the time went.
 * @param opened what elapsed times are held against
 */
export function runColumns(opened: RunSummary | undefined): readonly DataColumn<RunSummary>[] {
  return [
    {
      id: 'ordinal',
      title: '#',
      width: '32px',
      origin: 'Order of start within the session',
      ...figure(({ ordinal }) => ordinal, String),
    },
    {
      id: 'statement',
      title: 'Statement',
      width: 'minmax(130px, 2fr)',
      origin: 'Its first words; open the run to see all',
      text: ({ statement }) => statement,
      render: ({ statement }) => (
        <span className="font-mono text-sm" title={statement.slice(0, 2_000)}>
          {condenseStatement(statement)}
        </span>
      ),
    },
    {
      id: 'mode',
      spare: 1,
      title: 'Mode',
      width: '72px',
      origin: 'What was asked of the server',
      text: ({ mode }) => modeWords[mode],
      render: ({ mode }) => <span className="text-ink-2">{modeWords[mode]}</span>,
    },
    {
      id: 'started',
      spare: 3,
      title: 'Started',
      width: '62px',
      origin: 'Local time',
      sortBy: ({ startedAtMs }) => startedAtMs,
      text: ({ startedAtMs }) => new Date(startedAtMs).toISOString(),
      render: ({ startedAtMs }) => (
        <time
          className="text-ink-2"
          dateTime={new Date(startedAtMs).toISOString()}
          title={dateAndClock.format(startedAtMs)}
        >
          {clock.format(startedAtMs)}
        </time>
      ),
    },
    {
      id: 'elapsed',
      title: 'Elapsed',
      width: '68px',
      numeric: true,
      origin: 'Statement sent → last row received, on the workbench’s clock',
      sortBy: (run) => (run.state === 'done' ? run.timings.elapsedMs : undefined),
      text: (run) => (run.state === 'done' ? formatDuration(run.timings.elapsedMs) : run.state),
      render: (run) => <Elapsed run={run} />,
    },
    {
      id: 'against',
      title: '×',
      width: '62px',
      numeric: true,
      origin: 'Elapsed ÷ elapsed of the opened run: below 1× is faster',
      sortBy: (run) => elapsedAgainst(run, opened),
      text: (run) => {
        const against = elapsedAgainst(run, opened)
        return against === undefined ? '' : formatFactor(against)
      },
      render: (run) => <Against run={run} opened={opened} />,
    },
    {
      id: 'execution',
      spare: 2,
      title: 'Execution',
      width: '68px',
      origin: 'Execution Time of EXPLAIN',
      ...figure(({ timings }) => timings.executionMs, formatDuration),
    },
    {
      id: 'rows',
      title: 'Rows',
      width: '52px',
      origin: 'Rows received, or rows the plan’s root returned',
      ...figure(({ rows }) => rows, formatCountShort),
    },
    {
      id: 'hit',
      spare: 6,
      title: 'Hit',
      width: '48px',
      origin: 'Shared blocks found in shared buffers',
      ...blocks(({ sharedHitBlocks }) => sharedHitBlocks),
    },
    {
      id: 'read',
      spare: 5,
      title: 'Read',
      width: '48px',
      origin: 'Shared blocks read',
      ...blocks(({ sharedReadBlocks }) => sharedReadBlocks),
    },
    {
      id: 'temp',
      spare: 4,
      title: 'Temp',
      width: '52px',
      origin: 'Temporary blocks written',
      ...blocks(({ tempWrittenBlocks }) => tempWrittenBlocks),
    },
    {
      id: 'waits',
      title: 'Waits',
      width: '48px',
      origin: 'Share of samples by wait event',
      text: describeWaits,
      render: (run) => <WaitBar run={run} />,
    },
  ]
}

const describeWaits = ({ topWaits }: RunSummary): string =>
  topWaits
    .map(({ waitEvent, waitClass, share }) => `${waitEvent ?? waitClass} ${formatPercent(share)}`)
    .join(', ')

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
  const words = describeWaits(run)
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
