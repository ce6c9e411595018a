import { type ReactNode, useEffect, useState } from 'react'
import { connection as link } from '#renderer/client/index.ts'
import { Button, classes, Dot, ProgressBar, type Tone } from '#renderer/kit/index.ts'
import { useConnection, useRecordingState, useWorkbench } from '#renderer/state/index.ts'
import { disconnect, startDemo, stopDemo, tryAgain } from './actions.ts'
import { openDialog } from './dialogs.ts'

/**
 * A line above the panel when something is not as it should be: the workbench is out of reach, the server is, or the
 * session's file can't be written.
 * The first screen shows the server's troubles itself.
 */
export function Banner({ isWelcome }: { readonly isWelcome: boolean }) {
  const status = useWorkbench((store) => store.link)
  return (
    // Always there, so that screen readers notice what comes into it.
    <div role="status" aria-live="polite">
      {status.status === 'unreachable' ? (
        <Line
          tone="bad"
          title="The workbench can’t be reached"
          text={status.reason}
          more={
            status.nextAttemptAtMs === undefined ? undefined : <Countdown untilMs={status.nextAttemptAtMs} />
          }
        >
          <Button onClick={() => link.retryNow()}>Try now</Button>
        </Line>
      ) : (
        <>
          {!isWelcome && <ServerBanner />}
          <UnwrittenBanner />
        </>
      )}
    </div>
  )
}

function ServerBanner() {
  const connection = useConnection()
  const demo = useWorkbench((store) => store.state?.demo)
  const connectTo = <Button onClick={() => openDialog({ kind: 'connect' })}>Connect to…</Button>

  if (demo?.status === 'starting' && connection.status !== 'connected') {
    return (
      <Line tone="info" title="Starting the demo server" text={demo.step}>
        <ProgressBar label={demo.step} value={demo.progress} className="w-40" />
        <Button onClick={stopDemo}>Cancel</Button>
      </Line>
    )
  }
  switch (connection.status) {
    case 'connected':
      return null
    case 'connecting':
      return (
        <Line tone="info" title={`Connecting to ${connection.name}…`}>
          <Button onClick={disconnect}>Cancel</Button>
        </Line>
      )
    case 'reconnecting': {
      const { name, attempt, nextAttemptAtMs, diagnosis } = connection
      return (
        <Line
          tone="warn"
          title={`Lost ${name}`}
          text={diagnosis.message}
          more={
            <>
              attempt {attempt}, <Countdown untilMs={nextAttemptAtMs} />
            </>
          }
        >
          <Button onClick={disconnect}>Give up</Button>
        </Line>
      )
    }
    case 'failed': {
      const { name, diagnosis } = connection
      return (
        <Line
          tone="bad"
          title={`Could not connect to ${name}`}
          text={`${diagnosis.message} ${diagnosis.advice}`}
        >
          <Button onClick={() => tryAgain(name)}>Try again</Button>
          {connectTo}
        </Line>
      )
    }
    case 'disconnected': {
      const failed = demo?.status === 'failed' ? demo : undefined
      return (
        <Line
          tone={failed === undefined ? 'neutral' : 'bad'}
          title={failed === undefined ? 'No server is connected' : 'The demo server did not start'}
          text={
            failed === undefined
              ? 'The runs of this session can be looked at.'
              : `${failed.message} ${failed.advice}`
          }
        >
          <Button onClick={startDemo}>Start the demo</Button>
          {connectTo}
        </Line>
      )
    }
  }
}

/** What is recorded would be lost in the end: that is said where nobody misses it. Everything else goes on. */
function UnwrittenBanner() {
  const { status, problem } = useRecordingState()
  if (problem === undefined) return null
  const text =
    status === 'off'
      ? `${problem} The end of the recording is kept in memory and written as soon as that works again.`
      : problem
  return <Line tone="bad" title="The session can’t be written" text={text} />
}

const edges: Readonly<Record<Tone, string>> = {
  neutral: 'border-l-control',
  info: 'border-l-info',
  ok: 'border-l-ok',
  warn: 'border-l-warn',
  bad: 'border-l-bad',
}

function Line(props: {
  readonly tone: Tone
  readonly title: string
  readonly text?: string
  readonly more?: ReactNode
  readonly children?: ReactNode
}) {
  const { tone, title, text, more, children } = props
  return (
    <div
      className={classes(
        'flex min-h-10 items-center gap-2.5 border-b border-l-3 border-b-line bg-surface-2 py-1.5 pr-3 pl-2.5',
        edges[tone],
      )}
    >
      <Dot tone={tone} />
      <p className="min-w-0 flex-1 select-text">
        <span className="font-semibold">{title}</span>
        {text !== undefined && <span className="ml-2 text-ink-2">{text}</span>}
        {more !== undefined && <span className="ml-2 text-ink-3">{more}</span>}
      </p>
      {children}
    </div>
  )
}

/** Seconds until a moment. Not read out: it would never stop talking. */
function Countdown({ untilMs }: { readonly untilMs: number }) {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.ceil((untilMs - nowMs) / 1_000))
  return <span aria-hidden>{seconds === 0 ? 'trying now…' : `again in ${seconds} s`}</span>
}
