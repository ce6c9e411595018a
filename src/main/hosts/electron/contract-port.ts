import { RPCHandler } from '@orpc/server/message-port'
import { type IpcMain, MessageChannelMain } from 'electron'
import type { Workbench } from '#main/router/index.ts'
import { isOurFrame } from './hardening.ts'

/** Hands each page that asks a port of its own to the contract. A page that is reloaded asks again. */
export function serveContract(
  ipcMain: IpcMain,
  { router, context }: Pick<Workbench, 'router' | 'context'>,
): void {
  const handler = new RPCHandler(router)
  ipcMain.on('barograph:want-port', (event) => {
    if (!isOurFrame(event.senderFrame)) {
      context.log.warn('denied: the contract, to a frame that is not ours')
      return
    }
    const { port1, port2 } = new MessageChannelMain()
    handler.upgrade(port1, { context })
    port1.start()
    event.senderFrame?.postMessage('barograph:port', null, [port2])
  })
}
