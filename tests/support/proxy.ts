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

export interface Firewall extends Proxy {
  /** From now on nothing gets through, in either direction, and nobody is told. */
  drop(): void
  /** What was sent meanwhile arrives, as it would be sent again. */
  pass(): void
}

/** Stands before a server, and can fall silent as a firewall does that drops what it sees. */
export async function startFirewall(target: {
  readonly host: string
  readonly port: number
}): Promise<Firewall> {
  let isPassing = true
  let held: (() => void)[] = []
  const whenPassing = (act: () => void): void => {
    if (isPassing) act()
    else held.push(act)
  }
  function relay(from: Socket, to: Socket): void {
    from.on('data', (chunk) => whenPassing(() => to.write(chunk)))
    from.on('error', () => {})
    from.on('close', () => whenPassing(() => to.destroy()))
  }
  const proxy = await listen((socket) => {
    socket.pause()
    whenPassing(() => {
      const server = connect(target)
      relay(server, socket)
      relay(socket, server)
      onTestFinished(() => void server.destroy())
      socket.resume()
    })
  })
  return {
    ...proxy,
    drop() {
      isPassing = false
    },
    pass() {
      isPassing = true
      const acts = held
      held = []
      for (const act of acts) act()
    },
  }
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
