import type { ClientContext, ClientLink } from '@orpc/client'

/** One way to the workbench while it lasts. */
export interface Transport {
  readonly link: ClientLink<ClientContext>
  /** Settles once, when the way is lost. */
  readonly closed: Promise<void>
  close(): void
}

/** Why a way could not be opened, for people. */
export class TransportError extends Error {
  override readonly name = 'TransportError'
  /** True where trying again can't help: the page itself has to be opened anew. */
  readonly isFinal: boolean

  constructor(message: string, options: { readonly isFinal?: boolean; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.isFinal = options.isFinal ?? false
  }
}

export type OpenTransport = (signal: AbortSignal) => Promise<Transport>
