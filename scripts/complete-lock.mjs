// Run after `npm install` where the registry at hand (a mirror, say) lacks the packages of other systems: npm leaves
// those out of the lock file, and `npm ci` then refuses it. This adds them by name and version; they are only fetched
// on the systems they are for.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './lib/folders.mjs'

const systems = ['android', 'darwin', 'win32', 'freebsd', 'openharmony', 'linux']
const processors = ['arm64', 'x64', 'ia32', 'ppc64', 's390x', 'riscv64', 'wasm32', 'arm']

/** `@swc/core-linux-arm64-musl` → what npm's lock says of such a package. */
function describePackage(name, version, dev) {
  const os = systems.find((system) => name.includes(system))
  const cpu = processors.find((processor) => new RegExp(`[-/]${processor}(-|$)`).test(name))
  if (cpu === undefined || (os === undefined && cpu !== 'wasm32') || !/^\d/.test(version)) {
    throw new Error(`${name}@${version} is missing from the lock, and is no package for one system`)
  }
  const libc = name.includes('musl') ? 'musl' : 'glibc'
  return {
    version,
    cpu: [cpu],
    ...(dev === true ? { dev } : {}),
    ...(os === 'linux' ? { libc: [libc] } : {}),
    optional: true,
    ...(os === undefined ? {} : { os: [os] }),
  }
}

const file = join(root, 'package-lock.json')
const lock = JSON.parse(await readFile(file, 'utf8'))
const known = new Set(Object.keys(lock.packages))

/** Node's own way up: beside the package, then beside each that holds it. */
function isLocked(where, name) {
  const parts = where.split('/node_modules/')
  return parts.some((_part, depth) => {
    const holder = parts.slice(0, parts.length - depth).join('/node_modules/')
    return known.has(`${holder === '' ? '' : `${holder}/`}node_modules/${name}`)
  })
}

let added = 0
for (const [where, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (isLocked(where, name) || known.has(`node_modules/${name}`)) continue
    lock.packages[`node_modules/${name}`] = describePackage(name, version, dev)
    known.add(`node_modules/${name}`)
    added += 1
  }
}
const sorted = Object.entries(lock.packages).toSorted(([one], [other]) => one.localeCompare(other, 'en'))
await writeFile(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`)
console.log(`${added} packages of other systems were added to package-lock.json`)
