import { once } from 'node:events'
import { openSocket, type SocketAddress, startDeadline } from './socket.ts'
import { negotiateTls, type TlsOptions } from './tls.ts'

export interface CancelKey {
  readonly processId: number
  readonly secretKey: number
}

/**
 * Sends a CancelRequest over a connection of its own and waits until the server has dealt with it (it closes the
 * connection). Whether anything ran at that moment, it doesn't say.
 *
 * @source PostgreSQL manual, "Canceling Requests in Progress"
 */
export async function sendCancel(
  address: SocketAddress,
  tls: TlsOptions | undefined,
  key: CancelKey,
): Promise<void> {
  const deadline = startDeadline(5_000)
  const plain = await openSocket(address, deadline)
  try {
    const socket = tls === undefined ? plain : ((await negotiateTls(plain, tls, deadline)) ?? plain)
    const closed = once(socket, 'close', { signal: AbortSignal.timeout(deadline.remainingMs()) })
    socket.resume()
    // Like libpq, we don't hang up ourselves: a pooler would drop the request together with us.
    socket.write(cancelRequest(key))
    await closed
  } finally {
    plain.destroy()
  }
}

function cancelRequest(key: CancelKey): Buffer {
  const message = Buffer.alloc(16)
  message.writeInt32BE(16, 0)
  message.writeInt32BE(80_877_102, 4)
  message.writeInt32BE(key.processId, 8)
  message.writeInt32BE(key.secretKey, 12)
  return message
}
