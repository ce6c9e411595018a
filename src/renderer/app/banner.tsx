import { useEffect, useState } from 'react'
import { connection as link } from '#renderer/client/index.ts'
import { Button, ProgressBar } from '#renderer/kit/index.ts'
import { useConnection, useRecordingState, useWorkbench } from '#renderer/state/index.ts'
import { disconnect, startDemo, stopDemo, tryAgain } from './actions.ts'
import { BannerLine } from './banner-line.tsx'
import { openDialog } from './dialogs.ts'
import { PastBanner } from './past-banner.tsx'

interface BannerProps {
  readonly isWelcome: boolean
  /** The panel is about what was recorded. */
  readonly showsSession: boolean
  /** The panel has a use for a server: that there is none is news. */
  readonly needsServer: boolean
}

/**
 * A line above the panel when something is not as it should be: the workbench is out of reach, the server is, or the
 * session's file can't be written.
 * The first screen shows the server's troubles itself.
 */
export function Banner({ isWelcome, showsSession, needsServer }: BannerProps) {
  const status = useWorkbench((store) => store.link)
  return (
    // Always there, so that screen readers notice what comes into it.
    <div role="status" aria-live="polite">
      {status.status === 'unreachable' ? (
        <BannerLine
          tone="bad"
          title="The workbench can’t be reached"
          text={status.reason}
          more={
            status.nextAttemptAtMs === undefined ? undefined : <Countdown untilMs={status.nextAttemptAtMs} />
          }
        >
          <Button onClick={() => link.retryNow()}>Try now</Button>
        </BannerLine>
      ) : (
        <>
          {!isWelcome && <ServerBanner needsServer={needsServer} />}
          <UnwrittenBanner />
          {showsSession && <PastBanner />}
        </>
      )}
    </div>
  )
}

function ServerBanner({ needsServer }: { readonly needsServer: boolean }) {
  const connection = useConnection()
  const demo = useWorkbench((store) => store.state?.demo)
  const connectTo = <Button onClick={() => openDialog({ kind: 'connect' })}>Connect to…</Button>

  if (demo?.status === 'starting' && connection.status !== 'connected') {
    return (
      <BannerLine tone="info" title="Starting the demo server" text={demo.step}>
        <ProgressBar label={demo.step} value={demo.progress} className="w-40" />
        <Button onClick={stopDemo}>Cancel</Button>
      </BannerLine>
    )
  }
  switch (connection.status) {
    case 'connected':
      return null
    case 'connecting':
      return (
        <BannerLine tone="info" title={`Connecting to ${connection.name}…`}>
          <Button onClick={disconnect}>Cancel</Button>
        </BannerLine>
      )
    case 'reconnecting': {
      const { name, attempt, nextAttemptAtMs, diagnosis } = connection
      return (
        <BannerLine
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
        </BannerLine>
      )
    }
    case 'failed': {
      const { name, diagnosis } = connection
      return (
        <BannerLine
          tone="bad"
          title={`Could not connect to ${name}`}
          text={`${diagnosis.message} ${diagnosis.advice}`}
        >
          <Button onClick={() => tryAgain(name)}>Try again</Button>
          {connectTo}
        </BannerLine>
      )
    }
    case 'disconnected': {
      const failed = demo?.status === 'failed' ? demo : undefined
      if (failed === undefined && !needsServer) return null
      return (
        <BannerLine
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
        </BannerLine>
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
  return <BannerLine tone="bad" title="The session can’t be written" text={text} />
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
