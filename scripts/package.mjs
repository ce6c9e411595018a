// `npm run package [-- --linux deb …]`: the packaged application; without arguments its unpacked form, in `dist`.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { ensureBuilt } from './ensure-built.mjs'
import { findElectron } from './lib/electron.mjs'
import { root, tool } from './lib/folders.mjs'
import { run } from './lib/run.mjs'

/** Where the program lies in the unpacked form, by system. */
const programs = {
  linux: 'linux-unpacked/barograph',
  win32: 'win-unpacked/Barograph.exe',
  darwin: `mac${process.arch === 'arm64' ? '-arm64' : ''}/Barograph.app`,
}

/** What electron-builder.yml asks for, read back from the program: a fuse that did not take is a door left open. */
const closed = [
  FuseV1Options.RunAsNode,
  FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  FuseV1Options.EnableNodeCliInspectArguments,
  FuseV1Options.GrantFileProtocolExtraPrivileges,
]
const open = [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.OnlyLoadAppFromAsar]

async function checkFuses(program) {
  const wire = await getCurrentFuseWire(program)
  const wrong = [
    ...closed.filter((fuse) => wire[fuse] !== FuseState.DISABLE),
    ...open.filter((fuse) => wire[fuse] !== FuseState.ENABLE),
  ]
  if (wrong.length > 0) {
    throw new Error(
      `These fuses are not as they should be: ${wrong.map((fuse) => FuseV1Options[fuse]).join(', ')}`,
    )
  }
}

const electron = findElectron({ needsDisplay: false })
if (electron.path === undefined) {
  console.error(`Nothing can be packaged: ${electron.missing}.`)
  process.exit(1)
}
try {
  await ensureBuilt()
  const args = process.argv.slice(2)
  const dist =
    process.platform === 'darwin' ? join(root, 'node_modules/electron/dist') : dirname(electron.path)
  const { code } = await run(
    tool('electron-builder'),
    [...(args.length === 0 ? ['--dir'] : args), `--config.electronDist=${dist}`],
    { echo: process.stdout },
  )
  if (code !== 0) throw new Error('electron-builder failed; its reasons are above.')
  const program = join(root, 'dist', programs[process.platform] ?? '')
  if (existsSync(program)) await checkFuses(program)
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
