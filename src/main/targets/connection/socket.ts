import { connect, type Socket } from 'node:net'
import { ConnectProblem } from './connect-problem.ts'

/** Where a server listens: a TCP address or the path of a unix socket. */
export type SocketAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string }

/** Time that connecting may still take, over all its steps. */
export interface Deadline {
  remainingMs(): number
}

export function startDeadline(totalMs: number): Deadline {
  const endsAt = performance.now() + totalMs
  return { remainingMs: () => Math.max(1, Math.ceil(endsAt - performance.now())) }
}

/** Rejects with a `timeout` problem, and destroys the socket, when the deadline passes before `work` is done. */
export async function withDeadline<Answer>(
  work: Promise<Answer>,
  deadline: Deadline,
  socket: Socket,
  waitingFor: string,
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new ConnectProblem('timeout', `There was no ${waitingFor}.`))
      socket.destroy()
    }, deadline.remainingMs())
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** A connected socket. Several addresses of a host are tried in turn. */
export async function openSocket(address: SocketAddress, deadline: Deadline): Promise<Socket> {
  const socket =
    address.kind === 'unix'
      ? connect({ path: address.path })
      : connect({
          host: address.host,
          port: address.port,
          autoSelectFamily: true,
          autoSelectFamilyAttemptTimeout: 2_000,
        })
  // Errors reach us through what awaits the socket; without a listener Node would end the process.
  socket.on('error', () => {})
  const connected = new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve()
    })
  })
  await withDeadline(connected, deadline, socket, 'connection')
  socket.setNoDelay(true)
  socket.setKeepAlive(true, 30_000)
  return socket
}
