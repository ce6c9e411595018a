import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { ConnectProblem } from './connect-problem.ts'

/**
 * What `pg` needs of a socket, over one that is already connected and, with TLS, already encrypted.
 *
 * It also stands guard: a peer that doesn't speak the protocol, or a message the parser chokes on, ends this
 * connection instead of the process.
 */
export class ReadyStream extends EventEmitter {
  readonly #socket: Socket
  #hasAnswered = false

  constructor(socket: Socket) {
    super()
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#receive(chunk)
    })
    socket.on('error', (error) => this.emit('error', error))
    socket.on('end', () => this.emit('end'))
    socket.on('close', () => this.emit('close'))
    socket.resume()
  }

  #receive(chunk: Buffer): void {
    try {
      if (!this.#hasAnswered) checkFirstAnswer(chunk)
      this.#hasAnswered = true
      this.emit('data', chunk)
    } catch (cause) {
      this.#socket.destroy(cause instanceof Error ? cause : new Error(String(cause)))
    }
  }

  /** The server has said something that looks like PostgreSQL. */
  get hasAnswered(): boolean {
    return this.#hasAnswered
  }

  get writable(): boolean {
    return this.#socket.writable
  }

  /** The socket stands already: say so as soon as `pg` listens. */
  connect(): this {
    queueMicrotask(() => this.emit('connect'))
    return this
  }

  write(data: Buffer, done?: (error?: Error | null) => void): boolean {
    return this.#socket.write(data, done)
  }

  end(): void {
    this.#socket.end()
  }

  destroy(error?: Error): void {
    this.#socket.destroy(error)
  }

  cork(): void {
    this.#socket.cork()
  }

  uncork(): void {
    this.#socket.uncork()
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  ref(): void {
    this.#socket.ref()
  }

  unref(): void {
    this.#socket.unref()
  }

  setNoDelay(): void {
    this.#socket.setNoDelay(true)
  }

  setKeepAlive(on: boolean, delayMs: number): void {
    this.#socket.setKeepAlive(on, delayMs)
  }
}

/** Authentication requests that need Kerberos, GSSAPI or SSPI. */
const unsupportedAuthentication = new Map([
  [2, 'Kerberos 5'],
  [6, 'SCM credentials'],
  [7, 'GSSAPI'],
  [9, 'SSPI'],
])

/**
 * The first answer to a startup message is an authentication request or an error, both short.
 *
 * @source PostgreSQL manual, "Message Formats"; the same check as libpq's fe-connect.c
 */
function checkFirstAnswer(chunk: Buffer): void {
  const kind = String.fromCharCode(chunk[0] ?? 0)
  if (chunk.length >= 5) {
    const length = chunk.readUInt32BE(1)
    const isPlausible = (kind === 'R' && length >= 8 && length <= 2_000) || (kind === 'E' && length <= 30_000)
    if (!isPlausible && kind !== 'N') throw new ConnectProblem('not-postgresql', quote(chunk))
  } else if (!'REN'.includes(kind)) {
    throw new ConnectProblem('not-postgresql', quote(chunk))
  }
  if (kind === 'R' && chunk.length >= 9) {
    const method = unsupportedAuthentication.get(chunk.readUInt32BE(5))
    if (method !== undefined) {
      throw new ConnectProblem('authentication-unsupported', `The server asks for ${method}.`)
    }
  }
}

/** The beginning of what a stranger said, printable. */
export function quote(chunk: Buffer): string {
  const text = chunk
    .subarray(0, 60)
    .toString('latin1')
    .replaceAll(/[^\x20-\x7e]+/g, '·')
  return `It answered: ${text}`
}
