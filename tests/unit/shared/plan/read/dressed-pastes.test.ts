import { describe, expect, it } from 'vitest'
import { dumpPlanJson, readPlans } from '#shared/plan/index.ts'
import { onlyPlan } from '#tests/support/only-plan.ts'

const lines = [
  'Limit  (cost=0.56..310.11 rows=5 width=77) (actual time=0.061..0.129 rows=5 loops=1)',
  '  ->  Nested Loop  (cost=0.56..2421.72 rows=40 width=77) (actual time=0.060..0.126 rows=5 loops=1)',
  '        ->  Index Scan using o_pkey on orders o  (cost=0.29..23.11 rows=20 width=36) (actual time=0.010..0.020 rows=30 loops=1)',
  "              Filter: ((data -> 'a'::text) IS NOT NULL)",
  '              Rows Removed by Filter: 2',
  '        ->  Index Scan using i_pkey on items i  (cost=0.28..0.54 rows=1 width=41) (actual time=0.006..0.006 rows=1 loops=30)',
  '              Index Cond: (id = o.item_id)',
  'Planning Time: 0.412 ms',
  'Execution Time: 0.171 ms',
]
const paste = lines.join('\n')
const each = (edit: (line: string, at: number) => string): string => lines.map(edit).join('\n')

const { raw } = onlyPlan(paste)
const json = dumpPlanJson(raw)
const bare = onlyPlan(json).raw
const width = Math.max(...lines.map((line) => line.length))

describe('a plan in text reads the same', () => {
  it.each<readonly [string, string]>([
    ['in a comment of SQL', each((line) => `-- ${line}`)],
    ['in a comment without a space', each((line) => `--${line}`)],
    [
      'in a comment, with its statement and header',
      `select 1;\n-- QUERY PLAN\n-- ----------\n${each((line) => `-- ${line}`)}\nselect 2;`,
    ],
    ['in a comment of a shell', each((line) => `# ${line}`)],
    ['in a comment of a program', each((line) => `// ${line}`)],
    ['in a block of comment of its own', `/*\n${paste}\n*/`],
    ['in rows of JSON, one a line', each((line) => JSON.stringify({ 'QUERY PLAN': line }))],
    ['in spans of a page', each((line) => `<span class="line">${line.replaceAll('>', '&gt;')}</span>`)],
    ['in a block of comment', `/*\n${each((line) => ` * ${line}`)}\n */`],
    ['behind numbers of lines', each((line, at) => `${at + 3}\t${line}`)],
    ['behind numbers in a column', each((line, at) => `${String(at + 5).padStart(4)}: ${line}`)],
    ['behind the name of a container', each((line) => `db_1  | ${line}`)],
    [
      'behind stamps of a container',
      each((line, at) => `2026-11-20T10:00:00.12345678${at}Z stdout F ${line}`),
    ],
    ['in rows as Python prints them', each((line) => `('${line.replaceAll("'", "\\'")}',)`)],
    ['between bars of another character set', each((line) => `³ ${line.padEnd(width)} ³`)],
    [
      'in DBeaver’s columns',
      `${'QUERY PLAN'.padEnd(width)}|\n${'-'.repeat(width)}+\n${each((line) => `${line.padEnd(width)}|`)}`,
    ],
    [
      'with arrows made of a minus or a dash',
      paste.replace('->  Nest', '−>  Nest').replaceAll('->  Index', '–>  Index'),
    ],
    ['with arrows of one character', paste.replaceAll(/->(?= {2})/g, '→')],
    ['with two dots in one character', paste.replaceAll('..', '…')],
    ['with characters nobody sees', each((line) => `\u200B${line.replace('->  ', '\u00AD->  ')}\u2060`)],
    ['with separators of lines for line breaks', paste.replaceAll('\n', '\u2028')],
    ['with its line breaks written out', paste.replaceAll('\n', '\\n')],
    ['in a fence that stands on its lines', `\`\`\`${paste}\`\`\``],
    ['in a forum’s tags', `[code]${paste}[/code]`],
    ['in a tracker’s tags', `{code:sql}\n${paste}{code}`],
  ])('%s', (_, input) => {
    expect(onlyPlan(input).raw).toEqual(raw)
  })

  it('with the line it begins on', () => {
    expect(onlyPlan(`hello\n\n${each((line) => `-- ${line}`)}`).line).toBe(3)
  })
})

describe('a plan in JSON reads the same', () => {
  it.each<readonly [string, string]>([
    ['in a comment of SQL', json.replaceAll(/^/gm, '-- ')],
    [
      'with comments inside',
      json.replace('{', '{ // it\'s "slow" }').replace(',\n', ', /* see * ] here */\n'),
    ],
    ['in the quotes of a word processor', json.replaceAll('"', '“')],
    [
      'as Python prints it',
      json
        .replaceAll(/"((?:[^"\\]|\\.)*)"/g, (whole, text: string) =>
          text.includes("'") ? whole : `'${text}'`,
        )
        .replaceAll('true', 'True')
        .replaceAll('false', 'False'),
    ],
  ])('%s', (_, input) => {
    expect(onlyPlan(input).raw).toEqual(bare)
  })
})

it('a piece from the middle of a plan says that its top is missing', () => {
  const reading = readPlans(lines.slice(2, 5).join('\n'))
  expect(reading).toMatchObject({
    ok: true,
    plans: [{ warnings: ['What stands above Index Scan is missing (line 1).'] }],
  })
})

describe('quote marks', () => {
  it('are seen behind what nobody sees', () => {
    expect(onlyPlan(each((line) => `\u200B> ${line}`)).raw).toEqual(raw)
  })
})

it('a plan of one line is read behind the mark of a mail, too', () => {
  expect(onlyPlan('> Result  (cost=0.00..0.01 rows=1 width=4)').raw.Plan['Node Type']).toBe('Result')
})
