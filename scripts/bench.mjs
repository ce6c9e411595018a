// `npm run bench [name …]`: measures, prints a table, and keeps it in docs/performance.md: all areas, or those asked for.
import { fork } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
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

const today = new Date().toISOString().slice(0, 10)
/** A budget of which nothing is told lies within the noise of what was measured. */
const mark = ({ holds, budget }) => {
  if (holds === undefined) return budget === undefined ? '' : 'open'
  return holds ? 'yes' : 'NO'
}
const cellsOf = (row) => [row.area, row.what, row.figure, row.budget ?? '', mark(row), today]
const head = ['area', 'what', 'measured', 'budget', 'holds', 'on']

function toTable(lines) {
  const all = [head, ...lines]
  const widths = head.map((_cell, column) => Math.max(...all.map((line) => line[column].length)))
  const toLine = (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [toLine(head), rule, ...lines.map(toLine)].join('\n')
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}`

const pageOf = (lines) => `# Performance

Measured by \`npm run bench\`, which writes this page; figures of one machine, to compare with others of the same machine,
each of the day in its line. Budgets are goals of the design; a budget that does not hold is said to, not left out, and
one that the noise leaves undecided is open.

- Barograph ${manifest.version}, Node ${process.versions.node}
- ${machine}

${toTable(lines)}
`

/** What the page says of other areas: figures of another machine don't stand beside these. */
async function otherLines(path, areas) {
  const page = await readFile(path, 'utf8').catch(() => '')
  if (!page.includes(`- ${machine}\n`)) return []
  const lines = page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  return lines.slice(1).filter((line) => line.length === head.length && !areas.has(line[0]))
}

await ensureBuilt()
const rows = []
for (const name of asked.length === 0 ? all : asked) {
  process.stderr.write(`measuring ${name} …\n`)
  rows.push(...(await measure(name)))
}
const lines = rows.map(cellsOf)
console.log(toTable(lines))
const page = join(root, 'docs', 'performance.md')
const kept = asked.length === 0 ? [] : await otherLines(page, new Set(rows.map(({ area }) => area)))
await writeFile(page, pageOf([...kept, ...lines].toSorted((a, b) => a[0].localeCompare(b[0], 'en'))))
process.exitCode = rows.some(({ figure }) => figure === '–') ? 1 : 0
