import { describe, expect, it } from 'vitest'
import { dumpPlanJson } from '#shared/plan/index.ts'
import { onlyPlan } from '#tests/support/only-plan.ts'

const lines = [
  'Nested Loop  (cost=0.56..310.11 rows=5 width=77) (actual time=0.061..0.129 rows=5 loops=1)',
  '  InitPlan 1',
  '    ->  Seq Scan on limits  (cost=0.00..1.01 rows=1 width=4) (actual time=0.010..0.020 rows=1 loops=1)',
  '  ->  Index Scan using o_pkey on orders o  (cost=0.29..23.11 rows=20 width=36) (actual time=0.010..0.020 rows=30 loops=1)',
  "        Filter: (tag = 'a|b''c \"d\"'::text)",
  '  ->  Index Scan using i_pkey on items i  (cost=0.28..0.54 rows=1 width=41) (actual time=0.006..0.006 rows=1 loops=30)',
  '        Index Cond: (id = o.item_id)',
  'Planning Time: 0.412 ms',
  'Execution Time: 0.171 ms',
]
const paste = lines.join('\n')
const each = (edit: (line: string) => string, of = lines): string => of.map(edit).join('\n')
const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const nbsp = (text: string): string => text.replace(/^ +/, (spaces) => '&nbsp;'.repeat(spaces.length))
const python = (line: string): string => `('${line.replaceAll("'", String.raw`\'`)}',)`

const { raw } = onlyPlan(paste)
const json = dumpPlanJson(raw)

describe('a plan in text reads the same', () => {
  it.each<readonly [string, string]>([
    [
      'in a table of HTML on a single line',
      `<table border="1"><tr><th align="center">QUERY PLAN</th></tr>${lines
        .map((line) => `<tr valign="top"><td align="left">${nbsp(html(line))}</td></tr>`)
        .join('')}</table><p>(9 rows)<br /></p>`,
    ],
    ['in a paragraph of HTML on a single line', `<p>${lines.map(html).join('<br>')}</p>`],
    [
      'in preformatted HTML on a single line',
      `<div><pre class="plan">${lines.map(html).join('<br/>')}</pre></div>`,
    ],
    ['in a list of HTML', `<ul>${lines.map((line) => `<li>${nbsp(html(line))}</li>`).join('')}</ul><br>`],
    [
      'in DBeaver’s XML',
      `<?xml version="1.0" ?>\n<DATA>\n${each((line) => `  <DATA_RECORD>\n    <QUERY_PLAN>${html(line)}</QUERY_PLAN>\n  </DATA_RECORD>`)}\n</DATA>`,
    ],
    [
      'in statements that insert its lines',
      each((line) => `INSERT INTO "Results" ("QUERY PLAN") VALUES ('${line.replaceAll("'", "''")}');`),
    ],
    [
      'in one statement that inserts its lines',
      `INSERT INTO "Results" ("QUERY PLAN") VALUES\n${each((line) => `\t ('${line.replaceAll("'", "''")}')`).replaceAll(')\n', '),\n')};`,
    ],
    ['in double quotes, a comma behind each line', each((line) => `"${line.replaceAll('"', '""')}",`)],
    ['in single quotes, a comma behind each line', each((line) => `'${line.replaceAll("'", "''")}',`)],
    ['as a list in JavaScript', `[\n${each((line) => `  ${JSON.stringify(line)},`)}\n]`],
    ['as rows that Python prints on a line', `[${lines.map(python).join(', ')}]`],
    ['as a literal of a program', `const plan = ${JSON.stringify(paste)};`],
    ['as a field of a log', `time=2026-11-27T12:00:00Z level=INFO msg="slow" plan=${JSON.stringify(paste)}`],
    ['behind marks of the direction of writing', each((line) => `\u200E${line}\u202C`)],
    [
      'in a table of markdown that says its alignment',
      `| QUERY PLAN |\n| :--- |\n${each((line) => `| ${line.replaceAll('|', String.raw`\|`)} |`)}`,
    ],
    [
      'in AsciiDoc, bars escaped',
      `\n[options="header",cols="<l",frame="none"]\n|====\n^l|QUERY PLAN\n${each((line) => `|${line.replaceAll('|', String.raw`\|`)}`)}\n|====\n`,
    ],
    [
      'in records of troff',
      `.LP\n.TS\ncenter;\nc s.\n${lines
        .map(
          (line, at) =>
            `${at === 0 ? '' : '.T&\nc s.\n'}\\fIRecord ${at + 1}\\fP\n_\n.T&\nc | l.\nQUERY PLAN\t${line}`,
        )
        .join('\n')}\n.TE\n.DS L\n.DE\n`,
    ],
  ])('%s', (_, input) => {
    expect(onlyPlan(input).raw).toEqual(raw)
  })

  it('without costs, behind numbers of lines', () => {
    const bare = ['Limit', '  ->  Sort', '        Sort Key: name', '        ->  Seq Scan on customers']
    expect(onlyPlan(bare.map((line, at) => `${at + 1} ${line}`).join('\n')).raw).toEqual(
      onlyPlan(bare.join('\n')).raw,
    )
  })

  it('further in, with a literal over two lines', () => {
    const long = ['Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)', "  Filter: (a = 'one", " two'::text)"]
    expect(onlyPlan(each((line) => `    ${line}`, long)).raw).toEqual(onlyPlan(long.join('\n')).raw)
  })

  it('where border 0 marks the end of what it wraps, and the rest begins with a full stop', () => {
    // Breaks after every so many characters, as psql does; one of them falls before the point of a number.
    for (const columns of [41, 60, 61, 62, 63, 90]) {
      const marked = lines.flatMap((line) => {
        const pieces = line.match(new RegExp(`.{1,${columns}}`, 'g')) ?? []
        return pieces.map((piece, at) => (at < pieces.length - 1 ? `${piece}.` : piece))
      })
      const frame = ['QUERY PLAN', '-'.repeat(columns), ...marked, '(9 rows)'].join('\n')
      expect([columns, onlyPlan(frame).raw]).toEqual([columns, raw])
    }
  })

  it('where a write names its partitions below a header of its own', () => {
    const write = ['Update on items', '  Update on items_1', '  ->  Seq Scan on items_1']
    expect(onlyPlan(`Hello,\nmy plan:\n${write.join('\n')}`).raw).toEqual(onlyPlan(write.join('\n')).raw)
  })
})

describe('a plan in JSON reads the same', () => {
  it.each<readonly [string, string]>([
    ['in a literal of SQL', `'${json.replaceAll("'", "''")}'`],
    ['with a comma behind its last entry', json.replace(/\n\]\s*$/, ',\n]')],
    [
      'as a text in a text of JSON',
      JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ c: json }) }) }),
    ],
    ['as JavaScript prints it', json.replaceAll(/"(Plan|Plans|Alias|Filter)":/g, '$1:')],
  ])('%s', (_, input) => {
    expect(onlyPlan(input).raw).toEqual(onlyPlan(json).raw)
  })
})

describe('a plan in XML reads the same', () => {
  const xml = [
    '<explain xmlns="http://www.postgresql.org/2009/explain">',
    '<Query><Plan><Node-Type>Aggregate</Node-Type><Strategy>Sorted</Strategy>',
    '<Grouping-Sets><Grouping-Set><Group-Keys><Group-Key></Group-Key></Group-Keys></Grouping-Set></Grouping-Sets>',
    '</Plan></Query>',
    '</explain>',
  ].join('\n')
  const inXml = onlyPlan(xml).raw

  it.each<readonly [string, string]>([
    ['on a single line', xml.replaceAll('\n', '')],
    ['with the name of its namespace in front', xml.replaceAll(/<(\/?)(?=[A-Za-z])/g, '<$1pg:')],
    ['with each text on a line of its own', xml.replaceAll(/>(Aggregate|Sorted)</g, '>\n    $1\n  <')],
  ])('%s', (_, input) => {
    expect(onlyPlan(input).raw).toEqual(inXml)
  })

  it('with an empty grouping set as an empty list', () => {
    expect(inXml.Plan['Grouping Sets']).toEqual([{ 'Group Keys': [[]] }])
  })
})
