// Builds when the output is missing or older than the sources. `node scripts/ensure-built.mjs --force` builds anyway.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { outFolder, root, tool } from './lib/folders.mjs'
import { run } from './lib/run.mjs'

/** Everything that a build is made of. */
const ingredients = ['src/**', 'resources/**', 'package.json', 'package-lock.json', 'electron.vite.config.ts']
const stampFile = join(outFolder, 'stamp.txt')

/** A digest over names and contents, since dates mean nothing after a checkout. */
async function computeStamp() {
  const names = []
  for await (const entry of glob(ingredients, { cwd: root, withFileTypes: true })) {
    if (entry.isFile()) names.push(join(entry.parentPath, entry.name))
  }
  const digest = createHash('sha256')
  for (const name of names.sort((one, other) => (one < other ? -1 : 1)))
    digest.update(name.slice(root.length)).update(await readFile(name))
  return digest.digest('hex')
}

const isBuilt = async (stamp) => existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp

/** Another build of the same output is waited for, unless its process is gone. */
async function withLock(work) {
  const lock = `${outFolder}.lock`
  for (;;) {
    try {
      await mkdir(lock)
      await writeFile(join(lock, 'pid'), String(process.pid))
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const owner = Number(await readFile(join(lock, 'pid'), 'utf8').catch(() => Number.NaN))
      if (!Number.isNaN(owner) && !isAlive(owner)) await rm(lock, { recursive: true, force: true })
      else await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  try {
    return await work()
  } finally {
    await rm(lock, { recursive: true, force: true })
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/**
 * Answers once the output fits the sources.
 * @param tell says in one line that a build is on its way (default: standard error)
 * @throws with the builder's output if the build fails
 */
export async function ensureBuilt({
  force = false,
  tell = (line) => process.stderr.write(`${line}\n`),
  echo,
} = {}) {
  // A run of tests sets this: what it has built is what it tests, whatever happens to the sources meanwhile.
  if (!force && process.env.BAROGRAPH_KEEP_BUILD !== undefined && existsSync(stampFile)) return
  if (!force && (await isBuilt(await computeStamp()))) return
  await withLock(async () => {
    const stamp = await computeStamp()
    if (!force && (await isBuilt(stamp))) return
    const why = existsSync(stampFile) ? 'the sources have changed' : 'there is no build yet'
    tell(force ? 'Building …' : `Building first, since ${why} …`)
    await rm(stampFile, { force: true })
    const { code, output } = await run(tool('electron-vite'), ['build', '--outDir', outFolder], {
      echo,
    })
    if (code !== 0) throw new Error(`The build failed:\n${echo === undefined ? output.trim() : 'see above'}`)
    await writeFile(stampFile, stamp)
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await ensureBuilt({ force: process.argv.includes('--force'), echo: process.stdout })
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
