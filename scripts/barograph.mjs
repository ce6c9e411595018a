// `npm run --silent barograph -- …`: the command line on the built engine. Standard output belongs to the command.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './ensure-built.mjs'
import { outFolder } from './lib/folders.mjs'

try {
  await ensureBuilt()
} catch (error) {
  process.stderr.write(`barograph: ${error.message}\n`)
  process.exit(70)
}
// In this very process, so that signals and exit codes need no go-between.
await import(pathToFileURL(join(outFolder, 'main', 'cli.js')).href)
