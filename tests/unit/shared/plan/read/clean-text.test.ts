import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPlans } from '#shared/plan/index.ts'
import { hasCorpora, listCorpusFiles } from '#tests/support/plan-corpora.ts'
import { readPlansTolerantly } from '../../../../../src/shared/plan/read/read-plans.ts'
import { readCleanText } from '../../../../../src/shared/plan/read/text/clean-text.ts'

const fixtures = new URL('../../../../fixtures/plans/', import.meta.url)
const recorded = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.txt'))
  .map((file) => [file, readFileSync(new URL(file, fixtures), 'utf8')] as const)

const width = (text: string): number => Math.max(...text.split('\n').map((line) => line.length)) + 2

/** As psql shows it. */
const framed = (text: string): string =>
  [
    `${' '.repeat(width(text) / 2 - 5)}QUERY PLAN`,
    '-'.repeat(width(text)),
    ...text
      .trimEnd()
      .split('\n')
      .map((line) => ` ${line}`),
    `(${text.trimEnd().split('\n').length} rows)`,
    '',
    'Time: 0.412 ms',
    '',
  ].join('\n')

const longest = recorded.map(([, text]) => text).toSorted((a, b) => b.length - a.length)
const analysed = `Nested Loop Left Join  (cost=0.29..16.34 rows=1 width=8) (actual time=0.012..0.013 rows=1 loops=1)
  Output: a.id, 'it''s'::text
  Join Filter: (a.name = ANY ('{"x y",z}'::text[]))
  Buffers: shared hit=5 read=2 dirtied=1, temp read=3 written=4
  CTE c
    ->  Aggregate  (cost=0.00..1.00 rows=1 width=8) (actual time=0.001..0.002 rows=1 loops=1)
          Group Key: b.x, lower((b.y)::text)
          ->  Seq Scan on "Odd Name" b  (cost=0.00..1.00 rows=1 width=8) (never executed)
  ->  Gather  (cost=0.00..1.00 rows=1 width=8) (actual time=0.001..0.002 rows=1 loops=1)
        Workers Planned: 2
        Workers Launched: 2
        ->  Parallel Index Scan Backward using i on public.a  (cost=0.00..1.00 rows=1 width=8) (actual time=0.001..0.002 rows=1 loops=3)
              Index Cond: (a.id > 5)
              Worker 0:  actual time=0.001..0.001 rows=1 loops=1
                Buffers: shared hit=1
              Worker 1:  actual time=0.001..0.001 rows=0 loops=1
  ->  CTE Scan on c  (cost=0.00..1.00 rows=1 width=8) (actual time=0.001..0.002 rows=1 loops=1)
        Filter: (c.t <> '->  Seq Scan on x'::text)
Settings: work_mem = '64MB'
Planning:
  Buffers: shared hit=7
Planning Time: 0.102 ms
Trigger t on a: time=0.500 calls=1
Execution Time: 0.912 ms
`

/** The quick way says nothing, or just what the tolerant one says, in the same order of keys. */
function isSame(text: string): boolean {
  if (readCleanText(text) === undefined) return true
  return JSON.stringify(readPlans(text)) === JSON.stringify(readPlansTolerantly(text))
}

describe('a text with nothing to take off', () => {
  it('is read the quick way, alone and under the header of psql', () => {
    const missed = [['analysed', analysed] as const, ...recorded].filter(
      ([, text]) => readCleanText(text) === undefined || readCleanText(framed(text)) === undefined,
    )
    // Lines of partitions that are written look like a plan of their own.
    const named = missed.filter(([, text]) => !/^ +(?:Update|Delete) on /m.test(text))
    expect(named.map(([file]) => file)).toEqual([])
  })

  it('is read the same the quick way and the tolerant one', () => {
    for (const [file, text] of [['analysed', analysed] as const, ...recorded]) {
      expect([file, isSame(text)]).toEqual([file, true])
      expect([file, isSame(framed(text))]).toEqual([file, true])
      expect([file, isSame(text.replaceAll('\n', '\r\n'))]).toEqual([file, true])
    }
  })

  it.skipIf(!hasCorpora)('is read the same in every file of the corpora', { timeout: 60_000 }, () => {
    const wrong = listCorpusFiles().filter(({ text }) => {
      const lines = text.split('\n')
      // Each line missing once, where that is quickly done.
      const cut = lines.length < 12 ? lines.map((_, at) => lines.toSpliced(at, 1).join('\n')) : []
      return ![text, ...cut].every(isSame)
    })
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  const pieces = [
    ...Array.from(' \'"()+-.:>|{}[]<&\\\t\r\n\u00A0\u00AD\u200B\u2192\uFEFFé'),
    '->  ',
    '(cost=',
    'rows=',
    'Filter: ',
    "''",
    '\n\n',
    '  ',
    'QUERY PLAN',
    '(2 rows)',
    'Time: 1 ms',
    'Worker 0:  ',
    'JIT:\n',
    'Buffers: ',
    'SubPlan 1',
    '{"Plan": 1}',
    'duration: 2 ms  plan:',
    'Task Count: 1',
    '99999999999999999999',
  ]
  it('is read the same however it is cut, doubled and littered', () => {
    const source = fc.constantFrom(analysed, framed(analysed), ...longest.slice(0, 6), ...longest.slice(-6))
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      drop: fc.constantFrom(0, 0, 1, 2, 7, 40),
      put: fc.constantFrom('', ...pieces),
      wholeLine: fc.boolean(),
    })
    fc.assert(
      fc.property(source, fc.array(edit, { minLength: 1, maxLength: 3 }), (text, edits) => {
        let edited = text
        for (const { at, drop, put, wholeLine } of edits) {
          let place = Math.floor(at * edited.length)
          if (wholeLine) place = edited.lastIndexOf('\n', place) + 1
          edited = edited.slice(0, place) + put + edited.slice(place + drop)
        }
        expect([edited, isSame(edited)]).toEqual([edited, true])
      }),
      { numRuns: 3_000 },
    )
  })
})
