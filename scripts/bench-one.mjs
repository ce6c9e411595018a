// Runs one bench for bench.mjs and hands its rows to it. Node itself loads the sources: modules that a bundler's runner
// loads reach each other through getters, which takes a fifth of the time of what calls from file to file thousands of
// times, and which what people run, bundled, does not have.
import { pathToFileURL } from 'node:url'
import '../tests/support/raw-text.mjs'

const { bench } = await import(pathToFileURL(process.argv[2]).href)
process.send(await bench(), () => process.exit(0))
