import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'foreign-key-without-index'

const told = (operation: string, trigger: Record<string, string | number>, ms = 2) =>
  toldBy(rule, `ModifyTable on parents  ms=${ms} rows=0 | {"Operation": "${operation}"}`, {
    Triggers: [trigger],
    'Execution Time': ms + Number(trigger['Time']),
  })

const name = {
  'Trigger Name': 'RI_ConstraintTrigger_a_16400',
  'Constraint Name': 'order_items_order_id_fkey',
}

describe('a foreign key without an index behind it', () => {
  it('is told by the time it takes for each row deleted, with the index to create', () => {
    const findings = told('Delete', { ...name, Relation: 'orders', Time: 420, Calls: 100 })
    expect(gist(findings)).toEqual(['statement critical 420 ms'])
    // Several words in the name: the catalogue is asked first.
    const [ask, create] = statementsOf(findings)
    expect(create).toBe('CREATE INDEX ON order_items (order_id);')
    expect(ask).toContain("c.conname = 'order_items_order_id_fkey'")
    // Nobody knows whether this is i_id of stock_s or s_i_id of stock.
    const unsure = told('Delete', {
      ...name,
      'Constraint Name': 'stock_s_i_id_fkey',
      Relation: 'item',
      Time: 420,
      Calls: 100,
    })
    expect(statementsOf(unsure)).toHaveLength(1)
    expect(ask).toContain("relname = 'orders'")
  })

  it('is told where the text form names only the constraint', () => {
    expect(gist(told('Delete', { 'Constraint Name': 'fk_parent', Time: 8, Calls: 1 }))).toEqual([
      'statement warning 8 ms',
    ])
  })

  it('is told for a changed key', () => {
    expect(gist(told('Update', { ...name, Time: 60, Calls: 20 }))).toEqual(['statement critical 60 ms'])
  })

  it('leaves the columns to the catalogue where the constraint’s name does not tell them', () => {
    const statements = statementsOf(told('Delete', { 'Constraint Name': "parent's", Time: 80, Calls: 10 }))
    expect(statements).toHaveLength(1)
    expect(statements[0]).toContain("c.conname = 'parent''s'")
  })

  it('is not suspected where each row is as quick as an index, nor on the side that refers', () => {
    expect(told('Delete', { ...name, Time: 40, Calls: 1000 })).toEqual([])
    expect(told('Delete', { ...name, Time: 0.6, Calls: 1 })).toEqual([])
    expect(
      told('Insert', {
        'Trigger Name': 'RI_ConstraintTrigger_c_1',
        'Constraint Name': 'a_b_fkey',
        Time: 90,
        Calls: 10,
      }),
    ).toEqual([])
  })

  it('is not suspected of a constraint trigger of one’s own', () => {
    expect(
      told('Delete', { 'Trigger Name': 'check_it', 'Constraint Name': 'check_it', Time: 90, Calls: 10 }),
    ).toEqual([])
  })
})
