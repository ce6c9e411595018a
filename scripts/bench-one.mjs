// Runs one bench for bench.mjs and hands its rows to it. Vite loads it, since the sources import SQL files as text.
import { runnerImport } from 'vite'
import { root } from './lib/folders.mjs'

const { module } = await runnerImport(process.argv[2], { root, configFile: false, logLevel: 'error' })
process.send(await module.bench(), () => process.exit(0))
