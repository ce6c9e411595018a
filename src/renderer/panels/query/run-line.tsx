import { useEffect, useState } from 'react'
import { Dot, ProgressBar, Spinner, type Tone } from '#renderer/kit/index.ts'
import type { Run } from '#shared/session/index.ts'
import { condenseStatement } from '#shared/statements/index.ts'
import { formatCount, formatDuration } from '#shared/units/index.ts'
import { describeSetting } from './next-settings.ts'
import { describeMode, describeOutcome } from './outcome.ts'
import { useDraft } from './query-state.ts'
import { type Shown, statementFromElsewhere } from './run-control.ts'
import type { LiveRun } from './slots.ts'

/** Time since the statement was sent, ticking between the workbench's answers. */
function useElapsed(live: LiveRun): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 100)
    return () => clearInterval(timer)
  }, [])
  return live.progress.elapsedMs + Math.max(0, now - live.receivedAtMs)
}

function LiveLine({
  live,
  cancelling,
  outOfReach,
}: {
  readonly live: LiveRun
  readonly cancelling: boolean
  readonly outOfReach: boolean
}) {
  const elapsed = useElapsed(live)
  const { phase, rows, serverProgress } = live.progress
  const words = outOfReach ? 'the workbench is out of reach, trying again' : cancelling ? 'cancelling' : phase
  return (
    <>
      <Spinner />
      <span className="truncate">
        {words}
        {serverProgress !== undefined && `: ${serverProgress.phase} ${serverProgress.detail}`}
      </span>
      {serverProgress?.share !== undefined && (
        <ProgressBar label={serverProgress.phase} value={serverProgress.share} className="w-28 shrink-0" />
      )}
      {rows > 0 && <span className="shrink-0">{`${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}`}</span>}
      <span className="shrink-0 text-ink">{formatDuration(Math.round(elapsed))}</span>
    </>
  )
}

const stateWords: Readonly<Record<Run['state'], { readonly word: string; readonly tone: Tone }>> = {
  running: { word: 'running', tone: 'info' },
  done: { word: 'done', tone: 'ok' },
  failed: { word: 'failed', tone: 'bad' },
  cancelled: { word: 'cancelled', tone: 'warn' },
}

/** What a finished run was, in a line. */
export function describeRun(run: Run): string {
  const { word } = stateWords[run.state]
  const { maxRows } = run.options
  const first = run.rows > maxRows ? 'first ' : ''
  const rows =
    run.mode === 'run' && run.state === 'done'
      ? [`${first}${formatCount(Math.min(run.rows, maxRows))} ${run.rows === 1 ? 'row' : 'rows'}`]
      : []
  return [
    `${describeMode(run.mode)} ${word} in ${formatDuration(run.timings.elapsedMs)}`,
    ...(run.options.settings ?? []).map(describeSetting),
    ...rows,
    describeOutcome(run.outcome),
  ].join(' · ')
}

const longestName = 60

/** Which statement it is of, where the editor doesn't hold that: another window may have started it. */
function OfWhich({ shown }: { readonly shown: Shown }) {
  const statement = statementFromElsewhere(shown)
  const isInEditor = useDraft(({ text }) => statement === undefined || text.includes(statement))
  if (statement === undefined || isInEditor) return null
  return (
    <span title={statement} className="min-w-0 truncate font-mono text-ink-3 text-sm">
      {condenseStatement(statement, longestName)}
    </span>
  )
}

/** The state of the run, in a line at the right of the tabs; read out when it changes. */
export function RunLine({ shown }: { readonly shown: Shown }) {
  const line = 'flex min-w-0 items-center gap-2 text-ink-2'
  switch (shown.kind) {
    case 'nothing':
    case 'refused':
    case 'lost':
      return null
    case 'starting':
      return (
        <div className={line}>
          <Spinner />
          <span>sending</span>
        </div>
      )
    case 'running':
      return (
        <div className={line} data-testid="run-line">
          <OfWhich shown={shown} />
          <LiveLine {...shown} />
        </div>
      )
    case 'finished': {
      const words = describeRun(shown.run)
      return (
        <div role="status" className={line} data-testid="run-line" data-run={shown.run.runId} title={words}>
          <OfWhich shown={shown} />
          <Dot tone={stateWords[shown.run.state].tone} />
          <span className="truncate">{words}</span>
        </div>
      )
    }
  }
}
