// `npm run check`: every static check, each with the command that mends it. All run, so one call tells everything.
import { spawn } from 'node:child_process'

const checks = [
  ...['shared', 'main', 'preload', 'renderer'].map((room) => ({
    name: `types: ${room}`,
    command: ['tsc', '-p', `src/${room}/tsconfig.json`],
    mend: `npx tsc -p src/${room}/tsconfig.json   # then mend what it names`,
  })),
  {
    name: 'types: tests',
    command: ['tsc', '-p', 'tests/tsconfig.json'],
    mend: 'npx tsc -p tests/tsconfig.json',
  },
  {
    name: 'lint',
    command: ['oxlint', '--type-aware', '--deny-warnings', '.'],
    mend: 'npm run fix   # then npx oxlint --type-aware .',
  },
  {
    name: 'import law',
    command: ['depcruise', 'src', '--output-type', 'err-long'],
    mend: 'move the import, or the wall: .dependency-cruiser.cjs',
  },
  { name: 'format', command: ['biome', 'check', '.'], mend: 'npm run fix' },
  {
    name: 'dead code',
    command: ['knip', '--no-progress'],
    mend: 'npx knip   # then delete what nobody uses',
  },
]

const run = ({ command: [tool, ...args] }) =>
  new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${tool}`, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ code: 1, output: String(error) }))
    child.on('close', (code) => resolve({ code, output }))
  })

const only = process.argv[2]
let failed = 0
for (const check of checks.filter(({ name }) => only === undefined || name.startsWith(only))) {
  const startedAtMs = performance.now()
  const { code, output } = await run(check)
  const tookMs = Math.round(performance.now() - startedAtMs)
  if (code === 0) {
    console.log(`ok    ${check.name} (${tookMs} ms)`)
  } else {
    failed += 1
    console.log(`FAIL  ${check.name}\n${output.trim()}\n      mend with: ${check.mend}`)
  }
}
if (failed > 0) {
  console.log(`${failed} of ${checks.length} checks failed`)
  process.exitCode = 1
}
