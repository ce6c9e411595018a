/**
 * Entry of the thread that owns DuckDB: its calls may block, and the workbench must not. Plain Node loads this file
 * (and what it imports) in tests, the bundler makes `out/main/store-worker.js` of it.
 */
import { parentPort } from 'node:worker_threads'
import { createOrder } from '#main/order/index.ts'
import { explainFailure } from './explain-failure.ts'
import { createFileOwner } from './file-owner.ts'
import { transferOf } from './packed-samples.ts'
import type { PackedRun, Reply, Request } from './protocol.ts'

const port = parentPort
if (port === null) throw new Error('store-worker.ts is the entry of a worker thread')

const owner = createFileOwner()

async function answer({ id, call, input }: Request): Promise<void> {
  const handle: (input: never) => Promise<unknown> = owner[call]
  let reply: Reply
  let transfer: readonly ArrayBuffer[] = []
  try {
    const result = await handle(input as never)
    if (call === 'run') transfer = transferOf((result as PackedRun).samples)
    reply = { id, answer: result }
  } catch (error) {
    const path = input !== undefined && 'path' in input ? input.path : owner.path()
    reply = { id, failure: explainFailure(error, path) }
  }
  port?.postMessage(reply, [...transfer])
  if (call === 'close') port?.close()
}

// One connection, so one request at a time: transactions must not mix.
const inOrder = createOrder()
port.on('message', (request: Request) => {
  void inOrder(async () => {
    await answer(request)
    await owner.rest()
  })
})
