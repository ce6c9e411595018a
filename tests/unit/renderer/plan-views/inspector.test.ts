import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatInterval, markExactness } from '#renderer/plan-views/exactness.ts'
import { settleChange, toggleFolded } from '#renderer/plan-views/folding.ts'
import { buildAccount } from '#renderer/plan-views/head/account.ts'
import { derivedFact } from '#renderer/plan-views/inspector/node-fact.ts'
import { listOtherKeys } from '#renderer/plan-views/inspector/other-keys.ts'
import { derivePlan, listRawNodes, parsePlanJson } from '#shared/plan/index.ts'
import { formatDuration } from '#shared/units/index.ts'
import { planOf } from '../../shared/plan/plan-notation.ts'

describe('figures that are not exact', () => {
  it('are told as the interval they lie in, or marked', () => {
    const trust = { exactness: 'bounded', range: { low: 12, high: 18 } } as const
    expect(derivedFact('own', 15, formatDuration, 'formula', trust)?.value).toBe('12–18 ms')
    expect(derivedFact('own', 15, formatDuration, 'formula', { exactness: 'bounded' })?.value).toBe('± 15 ms')
    expect(derivedFact('own', 15, formatDuration, 'formula', { exactness: 'estimated' })?.value).toBe(
      '≈ 15 ms',
    )
    expect(derivedFact('own', 15, formatDuration, 'formula', { exactness: 'exact' })?.value).toBe('15 ms')
    expect(derivedFact('own', undefined, formatDuration, 'formula', { exactness: 'exact' })).toBeUndefined()
    expect(markExactness('3', undefined)).toBe('3')
  })

  it('say the unit once where both ends share it', () => {
    expect(formatInterval({ low: 0.5, high: 2 }, formatDuration)).toBe('500 µs – 2 ms')
    expect(formatInterval({ low: 2, high: 2 }, formatDuration)).toBe('2 ms')
    expect(formatInterval({ low: 2, high: 4 }, String)).toBe('2 – 4')
  })

  it('say why when hovered', () => {
    expect(derivedFact('own', 15, formatDuration, 'formula', { exactness: 'estimated' })?.origin).toBe(
      '15 · formula · an estimate: the server does not split this',
    )
  })
})

describe('the account of a statement’s time', () => {
  it('adds up to the statement, with triggers and what nothing explains', () => {
    const plan = derivePlan(
      planOf('Update on orders  ms=20 rows=0\n  Seq Scan on orders  ms=5', {
        'Planning Time': 2,
        'Execution Time': 30,
        Triggers: [{ 'Trigger Name': 'check', Relation: 'orders', Time: 7, Calls: 4 }],
      }),
    )
    const lines = buildAccount(plan)
    expect(lines.map(({ kind, ms }) => [kind, ms])).toEqual([
      ['planning', 2],
      ['tree', 20],
      ['triggers', 7],
      ['unaccounted', 3],
    ])
    expect(lines.reduce((sum, { ms }) => sum + ms, 0)).toBe(plan.totals.statementMs)
    expect(lines.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  })
})

describe('keys that the inspector has no place for', () => {
  it('are listed as the server said them', () => {
    const [node] = listRawNodes(
      planOf(
        'Custom Scan | {"Tasks Shown": "One of 32", "Inner Unique": false, "Lists": ["a", "b"], "Filter": "(a)"}',
      ),
    )
    expect(listOtherKeys(node, ['Filter'])).toEqual([
      { key: 'Tasks Shown', value: 'One of 32' },
      { key: 'Inner Unique', value: 'false' },
      { key: 'Lists', value: 'a, b' },
    ])
    expect(listOtherKeys(undefined, [])).toEqual([])
  })

  it('are few on plans of a plain server: figures have places of their own', () => {
    const folder = new URL('../../../fixtures/plans/pg18/', import.meta.url)
    const rest = new Set<string>()
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.run.json'))) {
      const reading = parsePlanJson(readFileSync(new URL(name, folder), 'utf8'))
      if (!reading.ok) throw new Error(`${name} is a plan`)
      const plan = derivePlan(reading.plan)
      for (const [id, raw] of listRawNodes(reading.plan).entries()) {
        const shown = plan.nodes[id]?.conditions.map(({ label }) => label) ?? []
        for (const { key } of listOtherKeys(raw, shown)) rest.add(key)
      }
    }
    expect([...rest].filter((key) => /Blocks|Time|Rows|Cost|Loops|Cond|Filter/.test(key))).toEqual([])
  })
})

describe('folding', () => {
  const plan = derivePlan(planOf('Append\n  Hash\n    Limit\n      Result\n  Sort'))
  const state = { selectedId: 3, collapsed: new Set<number>() }

  it('moves the selection to the folded node that hides it', () => {
    expect(settleChange(plan, state, { collapsed: new Set([1]) })).toMatchObject({ selectedId: 1 })
    expect(settleChange(plan, state, { collapsed: new Set([4]) })).toEqual({ collapsed: new Set([4]) })
  })

  it('opens what hides a node that gets selected, and nothing else', () => {
    const folded = { selectedId: 0, collapsed: new Set([1, 2, 4]) }
    expect(settleChange(plan, folded, { selectedId: 3 })).toEqual({ selectedId: 3, collapsed: new Set([4]) })
    expect(settleChange(plan, folded, { selectedId: 4 })).toEqual({ selectedId: 4 })
  })

  it('adds and takes away one node at a time', () => {
    expect([...toggleFolded(new Set([1]), 2)]).toEqual([1, 2])
    expect([...toggleFolded(new Set([1, 2]), 1)]).toEqual([2])
  })
})
