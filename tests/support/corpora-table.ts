/**
 * Prints how the plans by others are read: `node --import ./tests/support/raw-text.mjs tests/support/corpora-table.ts`.
 * With `--warnings`, every warning as well.
 */
import { hasCorpora, listCorpusFiles, listExpectations, readCorpusFile } from './plan-corpora.ts'

interface Row {
  files: number
  plans: number
  read: number
  nodes: number
  counted: number
  countsAgree: number
  hold: number
  flagged: number
  readonly why: string[]
}

function print(): void {
  const expectations = listExpectations()
  const rows = new Map<string, Row>()
  for (const file of listCorpusFiles()) {
    const row = rows.get(file.set) ?? {
      files: 0,
      plans: 0,
      read: 0,
      nodes: 0,
      counted: 0,
      countsAgree: 0,
      hold: 0,
      flagged: 0,
      why: [],
    }
    rows.set(file.set, row)
    const reading = readCorpusFile(file)
    const expected = expectations.get(file.path)?.nodes
    row.files += 1
    row.plans += reading.plans.length
    row.nodes += reading.nodeCount
    if (reading.error === undefined) row.read += 1
    else row.why.push(`${file.path}: ${reading.error}`)
    if (typeof expected === 'number') {
      row.counted += 1
      if (expected === reading.nodeCount) row.countsAgree += 1
      else row.why.push(`${file.path}: ${reading.nodeCount} nodes, expected ${expected}`)
    }
    if (reading.error === undefined && reading.breaches.length === 0 && reading.flagged.length === 0)
      row.hold += 1
    if (reading.flagged.length > 0) row.flagged += 1
    for (const reason of [...reading.breaches, ...reading.flagged]) row.why.push(`${file.path}: ${reason}`)
    if (process.argv.includes('--warnings'))
      for (const warning of reading.warnings) row.why.push(`${file.path}: warning: ${warning}`)
  }
  console.log('set · files · read · plans · nodes · counts agree · laws hold · flagged')
  for (const [set, row] of rows) {
    console.log(
      `${set} · ${row.files} · ${row.read} · ${row.plans} · ${row.nodes} · ${row.countsAgree}/${row.counted} · ${row.hold} · ${row.flagged}`,
    )
  }
  for (const { why } of rows.values()) for (const reason of why) console.log(`  ${reason}`)
}

if (hasCorpora) print()
else console.log('There are no corpora beside the checkout.')
