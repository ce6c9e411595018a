import { rm } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { RPCHandler } from '@orpc/server/message-port'
import { noVault, openLog } from '#main/hosts/common/index.ts'
import { createWorkbench } from '#main/router/index.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'
import { startWebHost } from '#tests/support/web-host.ts'
import type { BenchRow } from './bench-row.ts'
import { measureRoundTrips, type RoundTrips } from './round-trips.ts'

/** What a question to the workbench costs on its way there and back, by either transport, without any work. */
export async function bench(): Promise<BenchRow[]> {
  const socket = await overSocket()
  const port = await overPort()
  return [
    ...describe('WebSocket, between processes', socket),
    ...describe('MessagePort, between threads', port),
  ]
}

async function overSocket(): Promise<RoundTrips> {
  const host = await startWebHost()
  try {
    return await measureRoundTrips(host.client)
  } finally {
    await host.stop()
    await rm(host.dataFolder, { recursive: true, force: true })
  }
}

/** The workbench here, its client in another thread: as near to Electron's two processes as Node comes. */
async function overPort(): Promise<RoundTrips> {
  const dataFolder = await makeTestFolder('bench')
  const workbench = await createWorkbench({
    dataFolder,
    host: 'electron',
    version: '0.0.0',
    vault: noVault,
    environment: {},
    log: openLog(dataFolder, 'electron'),
  })
  const { port1, port2 } = new MessageChannel()
  new RPCHandler(workbench.router).upgrade(port1, { context: workbench.context })
  port1.start()
  const client = new Worker(new URL('./port-client.ts', import.meta.url), {
    workerData: port2,
    transferList: [port2 as never],
  })
  try {
    return await new Promise<RoundTrips>((resolve, reject) => {
      client.once('message', resolve)
      client.once('error', reject)
    })
  } finally {
    await client.terminate()
    port1.close()
    await workbench.close()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

function describe(what: string, { medianMs, p99Ms, largeMs, perSecond }: RoundTrips): BenchRow[] {
  const area = 'contract'
  return [
    { area, what: `${what}: round trip`, figure: `${medianMs.toFixed(2)} ms (p99 ${p99Ms.toFixed(2)} ms)` },
    { area, what: `${what}: a statement of 1 MiB`, figure: `${largeMs.toFixed(1)} ms` },
    {
      area,
      what: `${what}: 64 questions at a time`,
      figure: `${Math.round(perSecond).toLocaleString('en-US')} /s`,
    },
  ]
}
