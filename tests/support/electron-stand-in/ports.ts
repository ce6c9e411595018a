import { EventEmitter } from 'node:events'

/** How a port whose other end lives in a page reaches it. */
export interface PortRoute {
  deliver(portId: number, data: unknown): void
  close(portId: number): void
}

let lastId = 0

export class MessagePortMain extends EventEmitter {
  readonly id = ++lastId
  #peer: MessagePortMain | undefined
  #route: PortRoute | undefined
  #waiting: unknown[] | undefined = []
  #isClosed = false

  connect(peer: MessagePortMain): void {
    this.#peer = peer
  }
  /** From now on this end lives in a page. */
  moveToPage(route: PortRoute): void {
    this.#route = route
  }
  /** A message came in from the other end. */
  receive(data: unknown): void {
    if (this.#route !== undefined) this.#route.deliver(this.id, data)
    else if (this.#waiting !== undefined) this.#waiting.push(data)
    else this.emit('message', { data, ports: [] })
  }
  start(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const data of waiting) this.emit('message', { data, ports: [] })
  }
  postMessage(data: unknown): void {
    if (this.#isClosed) return
    const copy: unknown = structuredClone(data)
    queueMicrotask(() => this.#peer?.receive(copy))
  }
  /** The page that holds this end says something. */
  sendFromPage(data: unknown): void {
    this.#peer?.receive(data)
  }
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#route?.close(this.id)
    this.emit('close')
    this.#peer?.close()
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain()
  readonly port2 = new MessagePortMain()

  constructor() {
    this.port1.connect(this.port2)
    this.port2.connect(this.port1)
  }
}
