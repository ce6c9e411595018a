// Runs one bench and hands its rows to the parent. Vite loads it, since the sources import SQL files as text.
import { runnerImport } from 'vite'
import { root } from './folders.mjs'

const { module } = await runnerImport(process.argv[2], { root, configFile: false, logLevel: 'error' })
process.send(await module.bench(), () => process.exit(0))
