import type { Socket } from 'node:net'
import { Client, DatabaseError } from 'pg'
import type { ResolvedTarget } from '../settings/resolve.ts'
import { type CancelKey, sendCancel } from './cancel.ts'
import { type ClientHost, createNoticeBoard } from './client.ts'
import { ConnectProblem } from './connect-problem.ts'
import { ReadyStream } from './ready-stream.ts'
import { type Deadline, openSocket, type SocketAddress, withDeadline } from './socket.ts'
import { negotiateTls, type TlsOptions } from './tls.ts'

export interface AttemptOptions {
  readonly target: ResolvedTarget
  readonly applicationName: string
  readonly password: string | undefined
  readonly deadline: Deadline
  /** Absent: plain text. */
  readonly tls?: TlsOptions
  /** The server may decline TLS, and the connection goes on in plain text. */
  readonly mayDecline: boolean
}

/** One try to connect and start a session. */
export async function attempt(options: AttemptOptions): Promise<ClientHost & { readonly key: CancelKey }> {
  const { target, tls, deadline } = options
  const plain = await openSocket(target.address, deadline)
  try {
    const secured = tls === undefined ? undefined : await negotiateTls(plain, tls, deadline)
    if (tls !== undefined && secured === undefined && !options.mayDecline) {
      throw new ConnectProblem('tls-not-offered', 'The server does not support TLS.')
    }
    const socket = secured ?? plain
    const client = await startSession(socket, options)
    const key = keyOf(client)
    const address = sameAddress(target.address, plain)
    return {
      client,
      key,
      notices: createNoticeBoard(client),
      cancel: () => sendCancel(address, secured === undefined ? undefined : tls, key),
      destroy: () => socket.destroy(),
    }
  } catch (error) {
    plain.destroy()
    throw error
  }
}

async function startSession(socket: Socket, options: AttemptOptions): Promise<Client> {
  const { settings } = options.target
  const stream = new ReadyStream(socket)
  const client = new Client({
    host: settings.host,
    port: settings.port,
    user: settings.user,
    database: settings.database,
    application_name: options.applicationName,
    // A function, since `pg` would look at the environment of the process for an absent password.
    password: () => {
      if (options.password === undefined) throw needsPassword(options.target)
      return options.password
    },
    ...(options.target.options === undefined ? {} : { options: options.target.options }),
    stream: () => stream as never,
    // Encryption is settled before `pg` gets the socket.
    ssl: false,
    sslnegotiation: 'postgres',
  })
  client.on('error', () => {})
  try {
    await withDeadline(client.connect(), options.deadline, socket, 'answer to the start of a session')
  } catch (error) {
    throw stream.hasAnswered || !isBareEnd(error)
      ? error
      : new ConnectProblem('not-postgresql', 'It closed the connection without an answer.', error)
  }
  return client
}

function needsPassword({ passfileProblem }: ResolvedTarget): ConnectProblem {
  return new ConnectProblem(
    'password-needed',
    passfileProblem === undefined ? '' : `About the password file: ${passfileProblem}`,
  )
}

/** The other side hung up, without an error of the server or the parser. */
function isBareEnd(error: unknown): boolean {
  if (error instanceof ConnectProblem || error instanceof DatabaseError) return false
  const code = (error as NodeJS.ErrnoException).code
  return code === undefined || code === 'ECONNRESET' || code === 'EPIPE'
}

function keyOf(client: Client): CancelKey {
  const { processID, secretKey } = client as unknown as {
    readonly processID: number | null
    readonly secretKey: number | null
  }
  return { processId: processID ?? 0, secretKey: secretKey ?? 0 }
}

/** A name may stand for several servers: a cancel goes to the one this connection reached. */
function sameAddress(address: SocketAddress, socket: Socket): SocketAddress {
  if (address.kind === 'unix' || socket.remoteAddress === undefined) return address
  return { kind: 'tcp', host: socket.remoteAddress, port: address.port }
}
