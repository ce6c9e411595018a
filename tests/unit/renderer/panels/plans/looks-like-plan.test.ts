import { describe, expect, test } from 'vitest'
import { looksLikePlan } from '#renderer/panels/plans/looks-like-plan.ts'

describe('a first look at a paste', () => {
  test.each([
    ['text', 'Seq Scan on t  (cost=0.00..1.01 rows=1 width=4)'],
    ['text without costs', ' Hash Join\n   ->  Seq Scan on orders o'],
    ['text with rows alone', 'Seq Scan on t (actual rows=3.00 loops=1)'],
    ['JSON in a psql frame', '| [ +\n| { "Plan": { +\n| "Node Type": "Result" +'],
    ['YAML', '- Plan: \n    Node Type: "Seq Scan"'],
    ['XML', '<explain><Query><Plan><Node-Type>Result</Node-Type>'],
    ['a log', '2026-01-01 LOG:  duration: 12.345 ms  plan:\n'],
  ])('knows a plan as %s', (_, text) => {
    expect(looksLikePlan(text)).toBe(true)
  })

  test.each([
    ['a statement', 'select cost, rows from orders -- actual rows'],
    ['an EXPLAIN that was not run', 'explain (analyze, buffers) select * from t where a -> b'],
    ['a session’s JSON', '{"Plan": "B"}'],
    ['code with arrows', 'items.map((x) => x) -> Hash map of things'],
    ['nothing', '  \n'],
  ])('leaves %s alone', (_, text) => {
    expect(looksLikePlan(text)).toBe(false)
  })

  test('takes no time over a megabyte of arrows', () => {
    const begun = performance.now()
    looksLikePlan('->  '.repeat(250_000))
    looksLikePlan(' '.repeat(1_000_000))
    expect(performance.now() - begun).toBeLessThan(200)
  })
})
