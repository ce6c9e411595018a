import {
  type ConnectionState,
  type ServerFacts,
  type TargetSettings,
  type TargetStamp,
  WorkbenchError,
} from '#shared/session/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'
import { createOpener } from './connection/open.ts'
import { connectionFailed, diagnoseConnection } from './diagnosis/diagnose.ts'
import { openObserver } from './observer/open-observer.ts'
import { type LinkState, type Supervision, superviseConnection } from './observer/supervise.ts'
import { createOwnTransactions } from './own-transactions.ts'
import type { OpenOptions, OpenServerClient, ServerClient, TextResult, TextValue } from './server-client.ts'
import type { Environment } from './settings/environment.ts'
import { type ResolvedTarget, resolveTarget } from './settings/resolve.ts'

interface Choice {
  readonly name: string | undefined
  readonly settings: TargetSettings
  readonly password: string | undefined
  readonly isDemo: boolean
}

/** The target of the moment; the password is only here, in memory. */
interface Held {
  readonly settings: TargetSettings
  readonly password: string | undefined
  readonly open: OpenServerClient
  readonly supervision: Supervision
}

/** Holds the one connection that the workbench watches its target by. */
export function createCurrentTarget(options: {
  readonly environment: Environment
  readonly onChange: () => void
}) {
  let state: ConnectionState = { status: 'disconnected' }
  let held: Held | undefined
  let generation = 0
  const own = createOwnTransactions()

  function change(next: ConnectionState): void {
    state = next
    options.onChange()
  }

  function leave(): Promise<void> {
    const stopped = held?.supervision.stop() ?? Promise.resolve()
    held = undefined
    generation += 1
    return stopped
  }

  async function connect({ name: givenName, settings, password, isDemo }: Choice): Promise<ServerFacts> {
    const stopped = leave()
    // Nothing of the user's surroundings may keep the demo from starting.
    const environment = isDemo ? { ...options.environment, variables: {} } : options.environment
    let resolved: ResolvedTarget['settings']
    try {
      resolved = resolveTarget(settings, environment).settings
    } catch (error) {
      const diagnosis = diagnoseConnection(error, settings)
      change({ status: 'failed', name: givenName ?? 'target', diagnosis })
      throw connectionFailed(diagnosis)
    }
    const name = givenName ?? `${resolved.database} on ${resolved.host}`
    const open = own.counting(createOpener(environment))
    const supervision = superviseConnection({
      open: () => openObserver({ open, given: settings, resolved, password }),
      diagnose: (error) => diagnoseConnection(error, resolved),
      onState: (link) => change(toState(link, { name, settings: resolved, isDemo })),
      now: Date.now,
    })
    held = { settings, password, open, supervision }
    const [server] = await Promise.all([supervision.start(), stopped])
    return server
  }

  function target(): Held {
    if (held !== undefined && state.status === 'connected') return held
    throw notConnected(state)
  }

  async function disconnect(): Promise<void> {
    const stopped = leave()
    if (state.status !== 'disconnected') change({ status: 'disconnected' })
    await stopped
  }

  async function openClient(openOptions: Omit<OpenOptions, 'password'> = {}): Promise<ServerClient> {
    const { open, settings, password } = target()
    return await open(settings, { ...openOptions, ...(password === undefined ? {} : { password }) })
  }

  /** One of the workbench's own questions. */
  async function query(sql: string, parameters: readonly TextValue[] = []): Promise<TextResult> {
    const client = target().supervision.client()
    if (client === undefined) throw notConnected(state)
    return await client.query(markAsOwn(sql), parameters)
  }

  function stamp(): TargetStamp {
    if (state.status !== 'connected') throw notConnected(state)
    const { server, name } = state
    return {
      name,
      host: server.host,
      ...(server.port === undefined ? {} : { port: server.port }),
      database: server.database,
      user: server.user,
      serverVersion: server.version,
      serverVersionNum: server.versionNum,
    }
  }

  const currentState = (): ConnectionState => state
  const currentGeneration = (): number => generation
  return {
    state: currentState,
    generation: currentGeneration,
    connect,
    disconnect,
    openClient,
    ownTransactions: own.total,
    query,
    stamp,
  }
}

function toState(
  link: LinkState,
  target: { readonly name: string; readonly settings: TargetSettings; readonly isDemo: boolean },
): ConnectionState {
  const { name, isDemo } = target
  if (link.status === 'connected') return { ...target, ...link }
  return link.status === 'reconnecting' ? { name, isDemo, ...link } : { name, ...link }
}

function notConnected(state: ConnectionState): WorkbenchError {
  if (state.status === 'reconnecting') {
    return new WorkbenchError(
      'NOT_CONNECTED',
      `The connection to ${state.name} is lost: ${state.diagnosis.message}`,
      { advice: 'It is tried again by itself; wait until it stands.', data: { diagnosis: state.diagnosis } },
    )
  }
  return new WorkbenchError('NOT_CONNECTED', 'No server is connected.', {
    advice: 'Start the demo server or connect to a PostgreSQL server first.',
  })
}
