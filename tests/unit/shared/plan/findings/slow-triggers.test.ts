import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'slow-triggers'
const insert = (ms: number) => `
  ModifyTable on orders  ms=${ms} rows=0 | {"Operation": "Insert"}
    Seq Scan on source  ms=1 rows=1000`

const trigger = (name: string, ms: number, calls: number, constraint?: string) => ({
  'Trigger Name': name,
  ...(constraint === undefined ? {} : { 'Constraint Name': constraint }),
  Relation: 'orders',
  Time: ms,
  Calls: calls,
})

describe('triggers', () => {
  it('that take most of a write are told, with the way to their function', () => {
    const findings = toldBy(rule, insert(20), {
      Triggers: [trigger('audit', 180, 1000)],
      'Execution Time': 200,
    })
    expect(gist(findings)).toEqual(['statement critical 180 ms'])
    expect(statementsOf(findings)[0]).toContain("tgname = 'audit'")
  })

  it('of keys that find each row at once are no trouble of a small write', () => {
    const beside = (ms: number, calls: number) => ({
      Triggers: [trigger('RI_ConstraintTrigger_a_17', ms, calls, 'orders_customer_id_fkey')],
      'Execution Time': ms + 1,
    })
    expect(toldBy(rule, insert(1), beside(1.3, 101))).toEqual([])
    expect(toldBy(rule, insert(1), beside(20, 2_000))).toEqual([])
    expect(toldBy(rule, insert(1), beside(400, 40_000))).toHaveLength(1)
  })

  it('of keys at the price of the rows themselves are no trouble of a large load, however slow the machine', () => {
    const load = (ms: number, whole: number) => ({
      Triggers: [trigger('RI_ConstraintTrigger_c_17', ms, 20_000, 'orders_customer_id_fkey')],
      'Execution Time': whole,
    })
    expect(toldBy(rule, insert(735), load(965, 1_700))).toEqual([])
    expect(toldBy(rule, insert(200), load(965, 1_165))).toHaveLength(1)
  })

  it('that were called a few times may just have been planned: the first call in a session takes a millisecond', () => {
    const beside = (ms: number, calls: number) => ({
      Triggers: [trigger('apply', ms, calls)],
      'Execution Time': ms + 1,
    })
    expect(toldBy(rule, insert(1), beside(1.8, 2))).toEqual([])
    expect(toldBy(rule, insert(1), beside(40, 2))).toHaveLength(1)
    expect(toldBy(rule, insert(1), beside(5, 100))).toHaveLength(1)
  })

  it('are told where foreign keys are checked for each row written', () => {
    const findings = toldBy(rule, insert(20), {
      Triggers: [trigger('RI_ConstraintTrigger_c_17', 60, 1000, 'orders_customer_id_fkey')],
      'Execution Time': 82,
    })
    expect(gist(findings)).toEqual(['statement critical 60 ms'])
  })

  it('are left to the rule on missing indexes where the referenced side is slow', () => {
    expect(
      toldBy(rule, `ModifyTable on orders  ms=1 rows=0 | {"Operation": "Delete"}`, {
        Triggers: [trigger('RI_ConstraintTrigger_a_16', 300, 50, 'items_order_id_fkey')],
        'Execution Time': 301,
      }),
    ).toEqual([])
  })

  it('that are a small part of the write are no trouble', () => {
    expect(
      toldBy(rule, insert(200), { Triggers: [trigger('audit', 12, 1000)], 'Execution Time': 215 }),
    ).toEqual([])
    expect(
      toldBy(rule, insert(0.2), { Triggers: [trigger('audit', 0.4, 1)], 'Execution Time': 0.7 }),
    ).toEqual([])
  })
})
