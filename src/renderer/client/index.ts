import { type Client, connect } from './connection.ts'
import { openPortTransport } from './port-transport.ts'
import { openSocketTransport } from './socket-transport.ts'
import type { OpenTransport } from './transport.ts'

/** In Electron a port, even where the page comes from a development server; else the web host's socket. */
const openTransport: OpenTransport = (signal) =>
  location.protocol.startsWith('http') && !navigator.userAgent.includes('Electron/')
    ? openSocketTransport(signal)
    : openPortTransport(signal)

/** This window's way to the workbench. Nothing is opened before the first call. */
export const connection = connect(openTransport)

/** Every procedure of the contract, typed: `await client.session.current()`. */
export const client: Client = connection.client

export { type Client, type Connection, type LinkStatus, UnreachableError } from './connection.ts'
export { describeError, describeUnanswered, type ErrorDescription } from './describe-error.ts'
