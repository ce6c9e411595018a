import { describe, expect, it } from 'vitest'
import { columnsOf, listTerms, readCondition } from '../../../../../src/shared/plan/findings/conditions.ts'

/** A condition as one line: what was understood of it. */
function gistOf(text: string): string {
  const condition = readCondition(text)
  const names = columnsOf(condition).map(({ qualifier, name }) =>
    qualifier === undefined ? name : `${qualifier}.${name}`,
  )
  if (condition.kind === 'comparison') {
    const { left, operator, right } = condition
    const side = (operand: typeof left): string =>
      `${operand.callee ?? operand.kind}${operand.casts.map((type) => `::${type}`).join('')}`
    return `${side(left)} ${operator} ${side(right)} [${names.join()}]`
  }
  return `${condition.kind}${condition.kind === 'other' ? '' : ` ${condition.parts.length}`} [${names.join()}]`
}

describe('a condition as the server prints it', () => {
  it.each([
    ['(a = 1)', 'column = constant [a]'],
    [`((status)::text = 'open'::text)`, 'column::text = constant::text [status]'],
    ['("Order"."Mixed Case" > c.id)', 'column > column [Order.Mixed Case,c.id]'],
    [`(id = ANY ('{1,2}'::integer[]))`, 'column = ANY constant::integer[] [id]'],
    [
      `(at >= '2026-01-01 00:00:00'::timestamp without time zone)`,
      'column >= constant::timestamp without time zone [at]',
    ],
    ['(price = (5.5)::numeric(10,2))', 'column = constant::numeric(10,2) [price]'],
    ['(deleted_at IS NOT NULL)', 'column IS NOT NULL constant [deleted_at]'],
    ['(a IS DISTINCT FROM b)', 'column IS DISTINCT FROM column [a,b]'],
    [`(lower(u.email) = 'x'::text)`, 'lower = constant::text [u.email]'],
    [`(EXTRACT(year FROM placed) = '2026'::numeric)`, 'extract = constant::numeric [placed]'],
    [`((data ->> 'k'::text) = 'v'::text)`, 'expression = constant::text [data]'],
    [`((at AT TIME ZONE 'UTC'::text) > now())`, 'expression > now [at]'],
    [`(name ~~ 'it''s (not'::text)`, 'column ~~ constant::text [name]'],
    [`(note = E'a\\'b'::text)`, 'column = constant::text [note]'],
    ['(amount > $1)', 'column > parameter [amount]'],
    ['(amount > (InitPlan 1).col1)', 'column > parameter [amount]'],
    ['(amount = (SubPlan 1))', 'column = subPlan [amount]'],
    ['active', 'other [active]'],
    ['(NOT active)', 'not 1 [active]'],
    ['((a = 1) AND (b = 2) AND (c = 3))', 'and 3 [a,b,c]'],
    ['((a = 1) OR ((b = 2) AND (c = 3)))', 'or 2 [a,b,c]'],
    ['CASE WHEN (a = 1) THEN (b = 2) ELSE (c = 3) END', 'other [a,b,c]'],
  ])('%s', (text, gist) => {
    expect(gistOf(text)).toBe(gist)
  })

  it('takes ANDs apart, inner ones too', () => {
    expect(listTerms(readCondition('(((a = 1) AND (b = 2)) AND (c = 3))')).map(({ text }) => text)).toEqual([
      'a = 1',
      'b = 2',
      'c = 3',
    ])
  })

  it('gives up on what is not closed, without an error, and in no time on what is absurd', () => {
    for (const text of ['(a = ', "(a = 'x", '(a = "x', ')', '', '((((', "E'\\"])
      expect(readCondition(text)).toMatchObject({ kind: 'other' })
    const startedAt = performance.now()
    readCondition('('.repeat(9_000) + 'a' + ')'.repeat(9_000))
    readCondition(`(${Array.from({ length: 1_500 }, (_, at) => `(a${at} = ${at})`).join(' OR ')})`)
    readCondition("'".repeat(1_000_000))
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })
})
