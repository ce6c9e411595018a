import { once } from 'node:events'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { WebSocket } from 'ws'
import type { contract } from '#shared/contract/index.ts'

/** The contract as a window sees it. */
export type ContractClient = ContractRouterClient<typeof contract>

/** Opens the contract of a web host over a socket, with the headers of a browser that is signed in. */
export async function openContractClient(
  origin: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly client: ContractClient; readonly socket: WebSocket; readonly close: () => void }> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/contract`, {
    headers,
    perMessageDeflate: false,
  })
  await once(socket, 'open')
  // The link knows the browser's class; both have the same face where it looks.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
  return { client: createORPCClient(link), socket, close: () => socket.close() }
}
