import type { Server } from 'node:http'
import { RPCHandler } from '@orpc/server/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Workbench } from '#main/router/index.ts'
import { maxStatementChars } from '#shared/contract/index.ts'
import type { Access } from './access.ts'
import { rawRefusal, refusals } from './refusals.ts'

/** The largest statement in UTF-8 (a UTF-16 unit takes up to three bytes), and room for the envelope. */
const maxFrameBytes = 3 * maxStatementChars + 8 * 1_024 * 1_024

export const contractPath = '/contract'

/** Serves the contract to windows that pass `access`. Answers a function that says goodbye to all of them. */
export function serveContract(
  server: Server,
  access: Access,
  { router, context }: Pick<Workbench, 'router' | 'context'>,
): () => void {
  const handler = new RPCHandler(router)
  // No compression: the way is a loopback, and memory per window stays small.
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false })

  sockets.on('connection', (socket: WebSocket) => {
    // A frame that is too large or malformed ends its own connection, and only that.
    socket.on('error', (error) => context.log.warn('a window sent a frame that is not accepted', error))
    void handler.upgrade(socket, { context })
  })

  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy())
    const verdict = access.judge(request.headers, 'upgrade')
    if (verdict !== 'allowed') {
      stream.end(rawRefusal(refusals[verdict]))
    } else if (request.url !== contractPath) {
      stream.end(
        rawRefusal({ status: 404, text: `There is nothing here; the contract is at ${contractPath}.\n` }),
      )
    } else {
      sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket, request))
    }
  })

  return () => {
    for (const socket of sockets.clients) socket.close(1001, 'the workbench was closed')
    sockets.close()
  }
}
