// `npm start [-- --web] [file.barograph]`: the workbench in its window, or in the browser where there can be none.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './ensure-built.mjs'
import { findElectron } from './lib/electron.mjs'
import { outFolder, root } from './lib/folders.mjs'

const args = process.argv.slice(2)
const wantsWeb = args.includes('--web')
const passed = args.filter((arg) => arg !== '--web')

try {
  await ensureBuilt()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}

const electron = wantsWeb ? { missing: undefined } : findElectron()
if (electron.path === undefined) {
  if (electron.missing !== undefined) {
    console.error(`${electron.missing}: serving the workbench to your browser instead. Stop it with Ctrl-C.`)
  }
  // In this very process, so that signals, exit codes and `kill -9` need no go-between.
  process.argv = [process.argv[0], 'barograph', ...(wantsWeb ? [] : ['--open']), ...passed]
  await import(pathToFileURL(join(outFolder, 'main', 'web.js')).href)
} else {
  // As npm starts the other hosts (package.json): samples are short-lived, and a young heap that may grow to a hundred
  // megabytes grows to them. Once the engine runs it is too late: the flag has no effect any more.
  const heap = '--js-flags=--max-semi-space-size=4'
  // The channel tells the window's process when we are gone, however that came.
  const app = process.env.BAROGRAPH_OUT === undefined ? root : join(outFolder, 'main', 'electron.js')
  const child = spawn(electron.path, [heap, app, ...passed], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`Electron could not be started: ${error.message}`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 0)
  })
}
