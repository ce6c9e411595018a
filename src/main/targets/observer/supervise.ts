import type { ConnectionDiagnosis, ConnectionProblem, ServerFacts } from '#shared/session/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'
import { ConnectProblem } from '../connection/connect-problem.ts'
import type { ServerClient } from '../server-client.ts'
import { startHeartbeat } from './heartbeat.ts'
import type { ObserverLink } from './open-observer.ts'

/** What becomes of a connection, as it happens. */
export type LinkState =
  | { readonly status: 'connecting' }
  | ({ readonly status: 'connected' } & Pick<ObserverLink, 'server' | 'capabilities'>)
  | {
      readonly status: 'reconnecting'
      readonly attempt: number
      readonly nextAttemptAtMs: number
      readonly diagnosis: ConnectionDiagnosis
    }
  | { readonly status: 'failed'; readonly diagnosis: ConnectionDiagnosis }

export interface Supervision {
  /** The first connection; its failure is thrown and final. */
  start(): Promise<ServerFacts>
  /** The connection, while it stands. */
  client(): ServerClient | undefined
  /** Ends the connection or the wait for it; nothing is told to `onState` afterwards. */
  stop(): Promise<void>
}

/** Waiting time before the n-th attempt, and before all further ones. */
const delaysMs = [250, 500, 1_000, 2_000, 5_000]
const longestDelayMs = 10_000

/** Only a person can mend these; trying again might lock an account. */
const finalProblems = new Set<ConnectionProblem>([
  'settings-invalid',
  'service-unknown',
  'password-needed',
  'password-wrong',
  'authentication-unsupported',
  'version-unsupported',
  'tls-ca-unreadable',
])

/** Keeps one connection standing: tells what becomes of it, and after a loss comes back by itself. */
export function superviseConnection(options: {
  readonly open: () => Promise<ObserverLink>
  readonly diagnose: (error: unknown) => ConnectionDiagnosis
  readonly onState: (state: LinkState) => void
  readonly now: () => number
}): Supervision {
  let client: ServerClient | undefined
  let stopHeartbeat = (): void => {}
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  async function connect(): Promise<ServerFacts> {
    const link = await options.open()
    if (isStopped) {
      await link.client.close()
      throw superseded()
    }
    client = link.client
    stopHeartbeat = startHeartbeat(link.client, () =>
      lose(new ConnectProblem('connection-lost', 'the server gave no sign of life.')),
    )
    options.onState({ status: 'connected', server: link.server, capabilities: link.capabilities })
    link.client.onLost(lose)
    return link.server
  }

  function lose(cause: Error): void {
    if (isStopped || client === undefined) return
    stopHeartbeat()
    client.destroy()
    client = undefined
    retry(1, options.diagnose(cause))
  }

  function retry(attempt: number, diagnosis: ConnectionDiagnosis): void {
    const delayMs = delaysMs[attempt - 1] ?? longestDelayMs
    timer = setTimeout(() => void tryAgain(attempt), delayMs)
    options.onState({ status: 'reconnecting', attempt, nextAttemptAtMs: options.now() + delayMs, diagnosis })
  }

  async function tryAgain(attempt: number): Promise<void> {
    try {
      await connect()
    } catch (error) {
      if (isStopped) return
      const diagnosis = options.diagnose(error)
      if (finalProblems.has(diagnosis.problem)) options.onState({ status: 'failed', diagnosis })
      else retry(attempt + 1, diagnosis)
    }
  }

  return {
    async start() {
      options.onState({ status: 'connecting' })
      try {
        return await connect()
      } catch (error) {
        if (isStopped) throw superseded()
        options.onState({ status: 'failed', diagnosis: options.diagnose(error) })
        throw error
      }
    },
    client: () => client,
    async stop() {
      isStopped = true
      clearTimeout(timer)
      stopHeartbeat()
      await client?.close()
      client = undefined
    },
  }
}

/** Another target was asked for while this one was on its way. */
export function superseded(): WorkbenchError {
  return new WorkbenchError(
    'NOT_CONNECTED',
    'Connecting was given up: another target was chosen meanwhile.',
    {
      advice: 'Connect again if you still want to.',
    },
  )
}
