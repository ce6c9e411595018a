// `npm run bench [name …]`: measures, prints a table, and keeps it in docs/performance.md (whole runs only).
import { fork } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { cpus, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import manifest from '../package.json' with { type: 'json' }
import { ensureBuilt } from './ensure-built.mjs'
import { root } from './lib/folders.mjs'

const folder = join(root, 'tests', 'bench')
const ending = '.bench.ts'
const asked = process.argv.slice(2)
const all = (await readdir(folder))
  .filter((name) => name.endsWith(ending))
  .map((name) => name.slice(0, -ending.length))
const unknown = asked.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  console.error(`There is no bench called ${unknown.join(', ')}; there are ${all.join(', ')}.`)
  process.exit(2)
}

/** Each in a process of its own: what one leaves in memory is no matter of the next. */
function measure(name) {
  return new Promise((resolve) => {
    const child = fork(join(root, 'scripts', 'bench-one.mjs'), [join(folder, `${name}${ending}`)], {
      cwd: root,
    })
    let rows
    child.on('message', (message) => {
      rows = message
    })
    child.on('exit', () =>
      resolve(rows ?? [{ area: name, what: 'could not be measured', figure: '–', holds: false }]),
    )
  })
}

const mark = ({ holds }) => (holds === undefined ? '' : holds ? 'yes' : 'NO')
const cells = (row) => [row.area, row.what, row.figure, row.budget ?? '', mark(row)]
const head = ['area', 'what', 'measured', 'budget', 'holds']

function toTable(rows) {
  const lines = [head, ...rows.map(cells)]
  const widths = head.map((_cell, column) => Math.max(...lines.map((line) => line[column].length)))
  const toLine = (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [toLine(head), rule, ...rows.map((row) => toLine(cells(row)))].join('\n')
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}`

const page = (rows) => `# Performance

Measured by \`npm run bench\`, which writes this page; figures of one machine on one day, to compare with others of the
same machine. Budgets are goals of the design; a budget that does not hold is said to, not left out.

- ${new Date().toISOString().slice(0, 10)}, Barograph ${manifest.version}, Node ${process.versions.node}
- ${machine}

${toTable(rows)}
`

await ensureBuilt()
const rows = []
for (const name of asked.length === 0 ? all : asked) {
  process.stderr.write(`measuring ${name} …\n`)
  rows.push(...(await measure(name)))
}
console.log(toTable(rows))
if (asked.length === 0) await writeFile(join(root, 'docs', 'performance.md'), page(rows))
process.exitCode = rows.some(({ figure }) => figure === '–') ? 1 : 0
