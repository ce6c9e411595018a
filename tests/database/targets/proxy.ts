import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Proxy {
  readonly port: number
  /** Connections that stand at the moment. */
  readonly sockets: ReadonlySet<Socket>
}

/** Stands before a server and changes what it says, chunk by chunk; `undefined` cuts the connection. */
export async function startProxy(
  target: { readonly host: string; readonly port: number },
  rewrite: (chunk: Buffer) => Buffer | undefined,
): Promise<Proxy> {
  return await listen((socket) => {
    const server = connect(target)
    socket.pipe(server)
    server.on('data', (chunk) => {
      const changed = rewrite(chunk)
      if (changed === undefined) socket.resetAndDestroy()
      else socket.write(changed)
    })
    server.on('error', () => socket.destroy())
    server.on('close', () => socket.end())
    socket.on('close', () => server.destroy())
  })
}

/** Listens on a free port of loopback, whatever it then says; closed at the end of the test. */
export async function listen(onSocket: (socket: Socket) => void): Promise<Proxy> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    onSocket(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  return { port: (server.address() as AddressInfo).port, sockets }
}

/** The same bytes with one text in place of another of the same length. */
export function replaceText(chunk: Buffer, from: string, to: string): Buffer {
  return Buffer.from(chunk.toString('latin1').replaceAll(from, to), 'latin1')
}
