import { RPCLink } from '@orpc/client/websocket'
import { type Transport, TransportError } from './transport.ts'

/**
 * The web host's socket, on the page's own origin. The page was opened with the workbench's token, which became a
 * cookie that scripts can't read: the socket needs nothing more.
 */
export async function openSocketTransport(signal: AbortSignal): Promise<Transport> {
  const url = new URL('/contract', location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(url)
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => resolve(), { once: true })
  })
  const giveUp = () => socket.close()
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    const opened = await Promise.race([
      new Promise<boolean>((resolve) => {
        socket.addEventListener('open', () => resolve(true), { once: true })
      }),
      closed.then(() => false),
    ])
    if (!opened) throw await whyNot()
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
  return { link: new RPCLink({ websocket: sendingApart(socket) }), closed, close: () => socket.close() }
}

/** A socket copies a text while the page waits: one of ten megabytes takes it a quarter of a second. */
const largeChars = 256 * 1_024

/** The socket, which takes large messages from a blob: those are read while the page goes on. Their order stays. */
function sendingApart(
  socket: WebSocket,
): Pick<WebSocket, 'addEventListener' | 'removeEventListener' | 'send' | 'readyState'> {
  return {
    get readyState() {
      return socket.readyState
    },
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: socket.removeEventListener.bind(socket),
    send: (message) =>
      socket.send(typeof message === 'string' && message.length > largeChars ? new Blob([message]) : message),
  }
}

/** A browser does not tell why a socket was refused; the page's own address does. */
async function whyNot(): Promise<TransportError> {
  try {
    const response = await fetch('/', { method: 'HEAD', cache: 'no-store', redirect: 'manual' })
    if (response.status === 401 || response.status === 403) {
      return new TransportError(
        'The workbench was restarted and no longer knows this page. Open the address that it printed when it started.',
        { isFinal: true },
      )
    }
    return new TransportError('The workbench answers, but takes no connection from this page.')
  } catch (cause) {
    return new TransportError('The workbench does not answer: it has ended, or is just starting.', { cause })
  }
}
