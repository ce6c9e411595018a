import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readPlans } from '#shared/plan/index.ts'

/** One plan as psql 15 printed it in every layout: `tests/support/record-psql-frames.ts`. */
const texts = JSON.parse(
  readFileSync(new URL('../../../../fixtures/plans/psql-frames.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>

const read = (text: string): unknown => {
  const reading = readPlans(text)
  if (!reading.ok) return reading.error.message
  return { warnings: reading.warnings, plans: reading.plans.map(({ raw, warnings }) => [raw, warnings]) }
}

/** Padding at a line's end is lost in a frame, where a literal of the text form goes on. */
const withoutPadding = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(/ +\\n/g, String.raw`\n`))

describe.each(['text', 'json', 'yaml', 'xml'])('a plan in %s', (format) => {
  const bare = read(texts[format] ?? '')
  it('is one plan of two nodes, where psql leaves it alone', () => {
    expect(bare).toMatchObject({
      warnings: [],
      plans: [[{ Plan: { 'Node Type': 'Sort', Plans: [{}] } }, []]],
    })
  })

  it.each(Object.keys(texts).filter((name) => name.startsWith(`${format}.`)))('is the same as %s', (name) => {
    expect(withoutPadding(read(texts[name] ?? ''))).toEqual(withoutPadding(bare))
  })
})

describe('where a plan stands', () => {
  it.each([
    ['text.aligned.1.ascii', 3],
    ['json.aligned.2.double', 4],
    ['yaml.aligned.expanded.1.unicode', 2],
    ['xml.html.1.ascii', 7],
  ])('is told by its line: %s', (name, line) => {
    const reading = readPlans(texts[name] ?? '')
    expect(reading.ok && reading.plans[0]?.line).toBe(line)
  })
})

describe('rows that old-ascii breaks, whose mark is a blank', () => {
  const bare = read(
    [
      'Limit  (cost=0.29..8.30 rows=1 width=126) (actual time=0.572..2.296 rows=1 loops=1)',
      '  ->  Index Scan using t_ab on t  (cost=0.29..8.30 rows=1 width=126) (actual time=0.008..0.010 rows=1 loops=1)',
      "        Filter: (b = ANY ('{one,two,three,four}'::text[]))",
      "Settings: work_mem = '64kB', parallel_setup_cost = '0'",
      'Planning Time: 0.100 ms',
    ].join('\n'),
  )
  const width = 40
  const cells = [
    ['Limit  (cost=0.29..8.30 rows=1 width=126', ') (actual time=0.572..2.296 rows=1 loops', '=1)'],
    [
      '  ->  Index Scan using t_ab on t  (cost=',
      '0.29..8.30 rows=1 width=126) (actual tim',
      'e=0.008..0.010 rows=1 loops=1)',
    ],
    ["        Filter: (b = ANY ('{one,two,thre", "e,four}'::text[]))"],
    ["Settings: work_mem = '64kB', parallel_se", "tup_cost = '0'"],
    ['Planning Time: 0.100 ms'],
  ]
  const rows = (draw: (piece: string, isLast: boolean) => string): readonly string[] =>
    cells.flatMap((pieces) => pieces.map((piece, at) => draw(piece, at === pieces.length - 1)))
  const title = 'QUERY PLAN'.padStart(width / 2 + 5)

  it.each([
    [
      'without a border',
      [title, '-'.repeat(width), ...rows((piece, isLast) => (isLast ? piece : `${piece} `))],
    ],
    [
      'with a border between columns',
      [title, '-'.repeat(width + 2), ...rows((piece, isLast) => ` ${piece}${isLast ? '' : ' '}`)],
    ],
    [
      'in a frame',
      [
        `+${'-'.repeat(width + 2)}+`,
        `| ${title.padEnd(width)} |`,
        `+${'-'.repeat(width + 2)}+`,
        ...rows((piece) => `| ${piece.padEnd(width)} |`),
        `+${'-'.repeat(width + 2)}+`,
      ],
    ],
  ])('are joined %s', (_, lines) => {
    expect(read(`${lines.join('\n')}\n(5 rows)\n`)).toEqual(bare)
  })
})
