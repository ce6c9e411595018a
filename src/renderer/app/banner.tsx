import { useEffect, useState } from 'react'
import { formatClock } from '#renderer/charts/index.ts'
import { connection as link } from '#renderer/client/index.ts'
import { Button, ProgressBar } from '#renderer/kit/index.ts'
import {
  type Silence,
  useConnection,
  useRecordingState,
  useSilence,
  useWorkbench,
} from '#renderer/state/index.ts'
import type { ConnectionDiagnosis } from '#shared/session/index.ts'
import { disconnect, startDemo, stopDemo, tryAgain, tryOtherPassword } from './actions.ts'
import { BannerLine } from './banner-line.tsx'
import { BannerNews, type News } from './banner-news.tsx'
import { openDialog } from './dialogs.ts'
import { usePastNews } from './past-news.tsx'

interface BannerProps {
  readonly isWelcome: boolean
  /** The panel is about what was recorded. */
  readonly showsSession: boolean
  /** The panel has a use for a server: that there is none is news. */
  readonly needsServer: boolean
}

/**
 * One line above the panel when something is not as it should be: the workbench is out of reach, the server is, the
 * session's file can't be written, or what is shown is over. The most urgent one is told, the others are a click away.
 * The first screen shows the server's troubles itself.
 */
export function Banner({ isWelcome, showsSession, needsServer }: BannerProps) {
  const status = useWorkbench((store) => store.link)
  const server = useServerNews(needsServer)
  const unwritten = useUnwrittenNews()
  const past = usePastNews()
  const silence = useSilence()
  const silent = useSilentServerNews(silence)
  const news = [
    isWelcome ? undefined : silent,
    unwritten,
    showsSession ? past : undefined,
    isWelcome ? undefined : server,
  ]
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
      ) : silence?.of === 'workbench' ? (
        <BannerLine
          tone="bad"
          title={`The workbench gives no answer since ${formatClock(silence.sinceMs, 1_000)}`}
          text="Nothing new has come since: what is shown is from before. It goes on by itself as soon as it answers."
        />
      ) : (
        <BannerNews news={news.filter((one) => one !== undefined)} />
      )}
    </div>
  )
}

function useServerNews(needsServer: boolean): News | undefined {
  const connection = useConnection()
  const demo = useWorkbench((store) => store.state?.demo)
  const connectTo = <Button onClick={() => openDialog({ kind: 'connect' })}>Connect to…</Button>

  if (demo?.status === 'starting' && connection.status !== 'connected') {
    return {
      tone: 'info',
      title: 'Starting the demo server',
      text: demo.step,
      actions: (
        <>
          <ProgressBar label={demo.step} value={demo.progress} className="w-40" />
          <Button onClick={stopDemo}>Cancel</Button>
        </>
      ),
    }
  }
  switch (connection.status) {
    case 'connected':
      return undefined
    case 'connecting':
      return {
        tone: 'info',
        title: `Connecting to ${connection.name}…`,
        actions: <Button onClick={disconnect}>Cancel</Button>,
      }
    case 'reconnecting': {
      const { name, isDemo, attempt, nextAttemptAtMs, diagnosis } = connection
      // Nobody else starts the workbench's own server again.
      if (isDemo && demo?.status === 'failed') {
        return {
          tone: 'warn',
          title: 'The demo server has ended',
          text: 'What was recorded is kept, and its data is safe.',
          actions: (
            <>
              <Button onClick={startDemo}>Start it again</Button>
              <Button onClick={disconnect}>Give up</Button>
            </>
          ),
        }
      }
      return {
        tone: 'warn',
        title: `Lost ${name}`,
        text: diagnosis.message,
        more: (
          <>
            attempt {attempt}, <Countdown untilMs={nextAttemptAtMs} />
          </>
        ),
        actions: <Button onClick={disconnect}>Give up</Button>,
      }
    }
    case 'failed': {
      const { name, diagnosis } = connection
      return {
        tone: 'bad',
        title: `Could not connect to ${name}`,
        text: `${diagnosis.message} ${diagnosis.advice}`,
        actions: (
          <>
            {isAboutPassword(diagnosis) ? (
              <Button onClick={() => tryOtherPassword(name)}>Enter the password…</Button>
            ) : (
              <Button onClick={() => tryAgain(name)}>Try again</Button>
            )}
            {connectTo}
          </>
        ),
      }
    }
    case 'disconnected': {
      const failed = demo?.status === 'failed' ? demo : undefined
      if (failed === undefined && !needsServer) return undefined
      return {
        tone: failed === undefined ? 'neutral' : 'bad',
        title: failed === undefined ? 'No server is connected' : 'The demo server did not start',
        text:
          failed === undefined
            ? 'The runs of this session can be looked at.'
            : `${failed.message} ${failed.advice}`,
        actions: (
          <>
            <Button onClick={startDemo}>Start the demo</Button>
            {connectTo}
          </>
        ),
      }
    }
  }
}

/** Trying the same again would be refused again. */
const isAboutPassword = ({ problem }: ConnectionDiagnosis): boolean =>
  problem === 'password-wrong' || problem === 'password-needed'

/** The connection stands, and nothing comes: long before it is given up, figures are no longer of now. */
function useSilentServerNews(silence: Silence | undefined): News | undefined {
  const connection = useConnection()
  const recording = useRecordingState()
  if (connection.status !== 'connected') return undefined
  const isGivenUp = recording.status === 'waiting'
  const sinceMs = isGivenUp ? recording.since : silence?.of === 'server' ? silence.sinceMs : undefined
  if (sinceMs === undefined) return undefined
  return {
    tone: 'warn',
    title: `${connection.name} gives no answer since ${formatClock(sinceMs, 1_000)}`,
    text: 'Nothing new has come since: what is shown is from before. The recording goes on by itself as soon as it answers.',
    actions: <Button onClick={disconnect}>Disconnect</Button>,
  }
}

/** What is recorded would be lost in the end: that is said where nobody misses it. Everything else goes on. */
function useUnwrittenNews(): News | undefined {
  const { status, problem } = useRecordingState()
  if (problem === undefined) return undefined
  return {
    tone: 'bad',
    title: 'The session can’t be written',
    text:
      status === 'off'
        ? `${problem} The end of the recording is kept in memory and written as soon as that works again.`
        : problem,
  }
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
