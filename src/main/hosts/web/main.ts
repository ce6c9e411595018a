import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  describeProblem,
  noVault,
  openLog,
  resolveDataFolder,
  shutdownOnSignals,
  version,
} from '#main/hosts/common/index.ts'
import { createWorkbench } from '#main/router/index.ts'
import { openBrowser } from './open-browser.ts'
import { readOptions } from './options.ts'
import { startWebServer } from './server.ts'

const options = readOptions(process.argv.slice(2), process.env)
const dataFolder = resolveDataFolder(options.data)
const log = openLog(dataFolder, 'web')

const closers: (() => Promise<void>)[] = []
const shutdown = shutdownOnSignals({
  log,
  async close() {
    await starting.catch(() => {})
    for (const close of closers.toReversed()) await close()
  },
})

const starting = start()
starting.catch((error: unknown) => {
  log.error('the web host could not start', error)
  const { message, advice } = describeProblem(error)
  process.stderr.write(`barograph: ${`${message} ${advice}`.trim()}\n`)
  shutdown.now(1)
})

async function start(): Promise<void> {
  const workbench = await createWorkbench({
    dataFolder,
    host: 'web',
    version,
    vault: noVault,
    environment: process.env,
    log,
    recordsByItself: true,
    ...(options.file === undefined ? {} : { sessionPath: resolve(options.file) }),
  })
  closers.push(() => workbench.close())
  const rendererFolder = fileURLToPath(new URL('../renderer', import.meta.url))
  const server = await startWebServer(workbench, { rendererFolder, port: options.port })
  closers.push(() => server.close())
  if (shutdown.signal.aborted) return

  log.info(`serving on ${server.origin}`)
  process.stdout.write(`${server.origin}/?token=${server.access.token}\n`)
  if (options.demo) workbench.startLastTarget()
  if (options.open) {
    const opened = await openBrowser(`${server.origin}/?token=${server.access.issueTicket()}`)
    if (!opened)
      process.stderr.write('barograph: no browser could be opened; open the address above in one\n')
  }
}
