import { RPCLink } from '@orpc/client/message-port'
import { type Transport, TransportError } from './transport.ts'

/** How long the preload script may take to hand over a port. */
const handOverMs = 5_000

/**
 * Electron: the page asks for a port, the preload script brings one from the main process
 * (`barograph-want-port` → `barograph-port`).
 */
export async function openPortTransport(signal: AbortSignal): Promise<Transport> {
  const port = await receivePort(signal)
  const closed = new Promise<void>((resolve) => {
    port.addEventListener('close', () => resolve(), { once: true })
  })
  port.start()
  return { link: new RPCLink({ port }), closed, close: () => port.close() }
}

function receivePort(signal: AbortSignal): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      finish()
      reject(new TransportError("The window got no connection to the workbench's main process."))
    }, handOverMs)
    const onMessage = (event: MessageEvent<unknown>) => {
      const port = event.ports[0]
      // Only this window itself (that is, its preload script) may hand over a port.
      if (event.source !== window || !isPortMessage(event.data) || port === undefined) return
      finish()
      resolve(port)
    }
    const onAbort = () => {
      finish()
      reject(new TransportError('The connection was given up.'))
    }
    const finish = () => {
      clearTimeout(timer)
      window.removeEventListener('message', onMessage)
      signal.removeEventListener('abort', onAbort)
    }
    window.addEventListener('message', onMessage)
    signal.addEventListener('abort', onAbort, { once: true })
    window.postMessage({ type: 'barograph-want-port' }, location.origin === 'null' ? '*' : location.origin)
  })
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'barograph-port'
}
