import { describe, expect, it } from 'vitest'
import { dumpPlanJson, type FoundPlan, readPlans } from '#shared/plan/index.ts'

const text = [
  'Sort  (cost=29.06..29.07 rows=2 width=36) (actual time=0.031..0.032 rows=2 loops=1)',
  '  Sort Key: "Order Lines".id',
  '  Sort Method: quicksort  Memory: 25kB',
  '  ->  Seq Scan on "Order Lines"  (cost=0.00..29.05 rows=2 width=36) (actual time=0.011..0.012 rows=2 loops=1)',
  "        Filter: (((tags -> 0) > 3) AND (\"Note\" <> 'it''s'::text))",
  'Planning Time: 0.083 ms',
  'Execution Time: 0.052 ms',
]
const paste = text.join('\n')

const read = (input: string): readonly FoundPlan[] => {
  const reading = readPlans(input)
  if (!reading.ok) throw new Error(reading.error.message)
  expect(reading.warnings).toEqual([])
  return reading.plans
}
const only = (input: string): FoundPlan => {
  const [plan, ...others] = read(input)
  if (plan === undefined || others.length > 0) throw new Error(`${others.length + 1} plans`)
  return plan
}
const bare = only(paste)
const json = dumpPlanJson(bare.raw)
const asJson = only(json)

const each = (edit: (line: string) => string): string => text.map(edit).join('\n')
const doubled = (line: string): string => line.replaceAll('"', '""')
const escaped = (line: string): string =>
  line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

describe('a plan in text', () => {
  it.each<readonly [string, string]>([
    [
      'as it is, with a mark of the byte order and the line ends of Windows',
      `\uFEFF${paste.replaceAll('\n', '\r\n')}`,
    ],
    ['with spaces that do not break', paste.replaceAll(' ', '\u00A0')],
    ['from pgAdmin, every line in double quotes', each((line) => `"${doubled(line)}"`)],
    ['with the column’s name, quoted too', `"QUERY PLAN"\n${each((line) => `"${doubled(line)}"`)}`],
    ['in single quotes', each((line) => `'${line.replaceAll("'", "''")}'`)],
    ['from DBeaver’s grid', `QUERY PLAN\n${paste}\n`],
    ['from a grid with a tab behind each cell', each((line) => `"${doubled(line)}"\t`)],
    ['in one quoted cell of a CSV file', `QUERY PLAN\n"${doubled(paste)}"\n`],
    [
      'in CSV as psql writes it, quotes only where needed',
      each((line) => (/[",]/.test(line) ? `"${doubled(line)}"` : line)),
    ],
    ['in a fence of markdown', `Here it is:\n\n\`\`\`\n${paste}\n\`\`\`\n\nWhat can I do?`],
    ['in a fence of markdown, quoted', `> \`\`\`text\n${each((line) => `> ${line}`)}\n> \`\`\``],
    ['quoted twice in a mail', each((line) => `> > ${line}`)],
    ['indented, as code in a question', each((line) => `    ${line}`)],
    ['behind bars', each((line) => `| ${line}`)],
    ['in a table of markdown', `| QUERY PLAN |\n|---|\n${each((line) => `| ${line} |`)}`],
    ['from the source of a page', `<pre><code>${each(escaped)}\n</code></pre>`],
    ['with only its arrows escaped', paste.replace('->  Seq', '-&gt;  Seq')],
    ['as a text in JSON', JSON.stringify({ plan: paste })],
    ['as rows in JSON', JSON.stringify(text.map((line) => ({ 'QUERY PLAN': line })))],
    ['as lists of one cell in JSON', JSON.stringify(text.map((line) => [line]))],
    ['coloured by a terminal', each((line) => `\u001B[32m${line}\u001B[0m`)],
    [
      'between prompts and other results',
      `SET\nTime: 0.3 ms\n ?column? \n----------\n        1\n(1 row)\n\n${paste}\n(7 rows)\n\nTime: 1.5 ms\npostgres=# `,
    ],
  ])('is the same %s', (_, input) => {
    expect(only(input).raw).toEqual(bare.raw)
  })

  it('ends where the rows of its frame end', () => {
    const frame = (rows: string): string => ` QUERY PLAN\n------------\n${rows}\n(7 rows)\n`
    const plans = read(
      `${frame(each((line) => ` ${line}`))}\nNOTICE:  done\n${frame(each((line) => ` ${line}`))}`,
    )
    expect(plans.map(({ line }) => line)).toEqual([3, 15])
    for (const { raw } of plans) expect(raw).toEqual(bare.raw)
  })

  it('without figures is a plan below a header, behind another and where lines belong to it, and no word of a sentence', () => {
    expect(read('Seq Scan on a\n\nSeq Scan on b')).toHaveLength(2)
    expect(only('We see\n\nSort\n  Sort Key: a\n  ->  Seq Scan on a\n').line).toBe(3)
    expect(only('It says\n QUERY PLAN \n------------\n Result\n(1 row)').line).toBe(4)
    expect(readPlans('These matter:\nSort\nHash\nResult\n').ok).toBe(false)
  })
})

describe('a plan in JSON', () => {
  const cell = json.replaceAll('"', '""')
  it.each<readonly [string, string]>([
    ['among chatter', `I ran\n\n${json}\n\nand waited`],
    ['in a quoted cell', `"${cell}"`],
    ['in a quoted cell below its name', `"QUERY PLAN"\n"${cell}"`],
    ['minified, in a quoted cell', `"${JSON.stringify([bare.raw]).replaceAll('"', '""')}"`],
    ['behind other text on its line', `plan: ${JSON.stringify([bare.raw])}`],
    [
      'in a fence, quoted',
      json
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n'),
    ],
    ['as a text in JSON', JSON.stringify(json)],
    ['in a row', JSON.stringify([{ 'QUERY PLAN': [bare.raw] }])],
    ['as text in a row', JSON.stringify([{ 'QUERY PLAN': json }])],
    [
      'in a field of a log of some program',
      `${JSON.stringify({ level: 'info', at: 1 })}\n${JSON.stringify({ level: 'info', plan: [bare.raw] })}`,
    ],
    ['without its brackets', JSON.stringify(bare.raw)],
    [
      'with every line marked, its rule lost',
      json
        .split('\n')
        .map((line, at, all) => (at < all.length - 1 ? `${line} +` : line))
        .join('\n'),
    ],
    ['escaped for a page', escaped(json)],
  ])('is the same %s', (_, input) => {
    expect(only(input).raw).toEqual(asJson.raw)
  })
})

describe('several plans in one paste', () => {
  const yaml = '- Plan: \n    Node Type: "Result"\n    Plan Rows: 1\n  Settings: \n    work_mem: "8"\n'
  const xml =
    '<explain xmlns="http://www.postgresql.org/2009/explain">\n  <Query>\n    <Plan>\n      <Node-Type>Seq Scan</Node-Type>\n      <Alias>7</Alias>\n      <Plan-Rows>7</Plan-Rows>\n    </Plan>\n    <Triggers>\n    </Triggers>\n  </Query>\n</explain>'

  it('are read in their order, whatever the formats', () => {
    const plans = read(`First:\n${json}\nthen\n${paste}\n\nand\n${yaml}\nlast\n${xml}\nThanks!`)
    expect(plans.map(({ format }) => format)).toEqual(['json', 'text', 'yaml', 'xml'])
    expect(plans.map(({ line }) => line).at(0)).toBe(2)
    expect(plans[2]?.raw).toEqual({
      Plan: { 'Node Type': 'Result', 'Plan Rows': 1 },
      Settings: { work_mem: '8' },
    })
    expect(plans[3]?.raw).toEqual({
      Plan: { 'Node Type': 'Seq Scan', Alias: '7', 'Plan Rows': 7 },
      Triggers: [],
    })
  })

  it('may be the statements that a rule made of one', () => {
    const two = JSON.stringify([bare.raw, bare.raw])
    expect(read(two)).toHaveLength(2)
    expect(read(yaml + yaml)).toHaveLength(2)
    const query = /<Query>[^]*<\/Query>/.exec(xml)?.[0] ?? ''
    expect(read(xml.replace(query, `${query}\n${query}`)).map(({ line }) => line)).toEqual([2, 11])
  })
})

describe('the statement above a plan', () => {
  it.each<readonly [string, string | undefined]>([
    ['EXPLAIN ANALYZE SELECT 1;', 'SELECT 1'],
    ['postgres=# explain (analyze, buffers)\npostgres-# select a\npostgres-# from t;', 'select a\nfrom t'],
    ["BEGIN; SET x = 1; EXPLAIN VERBOSE UPDATE t SET a = ';'; COMMIT;", "UPDATE t SET a = ';'"],
    ['EXPLAIN ANALYZE (SELECT 1) UNION SELECT 2;', '(SELECT 1) UNION SELECT 2'],
    ['explain select 1;\nSET\nTime: 1 ms', 'select 1'],
    ['I ran explain and this is what it said:', undefined],
    ['select 1;', undefined],
  ])('%j', (above, statement) => {
    const plan = only(`${above}\n QUERY PLAN\n-----\n${each((line) => ` ${line}`)}\n(7 rows)`)
    expect(plan.statement).toBe(statement)
  })

  it('belongs to one plan, not to the next', () => {
    const plans = read(`explain select 1;\n${paste}\n(7 rows)\n\n${paste}`)
    expect(plans.map(({ statement }) => statement)).toEqual(['select 1', undefined])
  })
})

describe('an entry of auto_explain', () => {
  const tabbed = (lines: readonly string[]): string => lines.map((line) => `\t${line}`).join('\n')
  const tree = text.slice(0, 5)
  const head = ['Query Text: select *', '  from "Order Lines"', ' where "Result" = $1;']
  const expected = {
    statement: 'select *\n  from "Order Lines"\n where "Result" = $1;',
    parameters: "$1 = '7'",
    durationMs: 12.345,
  }
  const body = [...head, "Query Parameters: $1 = '7'", ...tree]
  const stamp = '2026-11-20 17:08:09.458 UTC [32486] app@shop LOG:  duration: 12.345 ms  plan:'

  it('gives its plan, statement, parameters and time, among other lines of the log', () => {
    const log = `2026-11-20 17:08:09.141 UTC [32469] LOG:  starting\n${stamp}\n${tabbed(body)}\n2026-11-20 17:08:09.482 UTC [32495] LOG:  bye`
    expect(only(log)).toMatchObject({ ...expected, format: 'text', line: 7 })
    expect(only(log).raw.Plan).toEqual(bare.raw.Plan)
  })

  it('is told from what stands above and below the log', () => {
    const plans = read(`${paste}\n(7 rows)\n\n${stamp}\n${tabbed(body)}\n\n${json}`)
    expect(plans.map(({ durationMs }) => durationMs)).toEqual([undefined, 12.345, undefined])
    expect(plans.map(({ format }) => format)).toEqual(['text', 'text', 'json'])
  })

  it('is read without the line’s beginning, too', () => {
    expect(only(`duration: 12.345 ms  plan:\n${body.join('\n')}`)).toMatchObject(expected)
    expect(only(body.join('\n'))).toMatchObject({ statement: expected.statement, parameters: "$1 = '7'" })
  })

  it('may hold a structured plan', () => {
    const value = { 'Query Text': 'select 1', ...bare.raw }
    const log = `${stamp}\n${tabbed(JSON.stringify(value, undefined, 2).split('\n'))}`
    expect(only(log)).toMatchObject({ format: 'json', statement: 'select 1', durationMs: 12.345, raw: value })
  })

  it('is read out of jsonlog, where all of it stands on a line', () => {
    const message = `duration: 12.345 ms  plan:\n${body.join('\n')}`
    const entry = { timestamp: '2026-11-20 17:08:09.458 UTC', pid: 1, error_severity: 'LOG', message }
    const other = { ...entry, message: 'starting' }
    const log = `${JSON.stringify(other)}\n${JSON.stringify(entry)}`
    expect(only(log)).toMatchObject({ ...expected, line: 2 })
  })
})

describe('the server’s version', () => {
  it.each<readonly [string, object]>([
    [
      JSON.stringify([{ Plan: { 'Node Type': 'Result', 'Parallel Aware': false } }]),
      { atLeastVersion: 9.6, belowVersion: 14 },
    ],
    [
      JSON.stringify([{ Plan: { 'Node Type': 'Result', 'Async Capable': false, 'Parallel Aware': false } }]),
      { atLeastVersion: 14, belowVersion: 18 },
    ],
    [
      JSON.stringify([
        { Plan: { 'Node Type': 'Result', 'Parallel Aware': false, 'Async Capable': false, Disabled: false } },
      ]),
      { atLeastVersion: 18 },
    ],
    [
      'Result  (cost=0.00..0.01 rows=1 width=4) (actual time=0.001..0.001 rows=1.00 loops=1)',
      { atLeastVersion: 18 },
    ],
    [
      'Result  (cost=0.00..0.01 rows=1 width=4) (actual time=0.001..0.001 rows=1 loops=1)',
      { belowVersion: 18 },
    ],
  ])('is betrayed by the keys: %s', (input, hints) => {
    expect(only(input).serverHints).toMatchObject(hints)
    expect(only(input).serverHints.reasons.length).toBeGreaterThan(0)
  })
})
