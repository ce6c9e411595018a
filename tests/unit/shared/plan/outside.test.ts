import { describe, expect, it } from 'vitest'
import { derivePlan } from '#shared/plan/index.ts'
import { planOf } from './plan-notation.ts'

const trigger = (name: string, ms: number, constraint?: string): Record<string, string | number> => ({
  'Trigger Name': name,
  ...(constraint === undefined ? {} : { 'Constraint Name': constraint }),
  Relation: 't',
  Time: ms,
  Calls: 1,
})

describe('the statement’s time', () => {
  it('is laid out in parts that add up, the rest being unaccounted', () => {
    const plan = derivePlan(
      planOf(`ModifyTable  ms=10\n  Seq Scan on a  ms=8`, {
        'Planning Time': 2,
        'Execution Time': 60,
        Triggers: [trigger('RI_1', 30, 'fk')],
        JIT: {
          Functions: 3,
          Timing: { Generation: 4, Inlining: 1, Optimization: 2, Emission: 3, Total: 10 },
        },
        Serialization: { Time: 5, 'Output Volume': 7, Format: 'text' },
      }),
    )
    expect(plan.parts.map(({ kind, ms }) => [kind, ms])).toEqual([
      ['planning', 2],
      ['tree', 10],
      ['triggers', 30],
      ['jit', 4],
      ['serialization', 5],
      ['unaccounted', 11],
    ])
    expect(plan.totals.statementMs).toBe(62)
    expect(plan.unaccountedMs).toBe(11)
  })

  it('takes generation of JIT by its total in the shape of 17, shared among the processes', () => {
    const plan = derivePlan(
      planOf(`Gather  ms=10 launched=1\n  Parallel Seq Scan on a  ms=8 loops=2`, {
        JIT: { Functions: 3, Timing: { Generation: { Deform: 1, Total: 4 }, Total: 9 } },
      }),
    )
    expect(plan.jit).toMatchObject({ generationMs: 4, outsideMs: 2, totalMs: 9 })
  })

  it('counts a trigger inside the node that writes, when there is no time for it behind the tree', () => {
    const plan = derivePlan(
      planOf(`ModifyTable  ms=50`, { 'Execution Time': 51, Triggers: [trigger('before_row', 40)] }),
    )
    expect(plan.triggers[0]).toMatchObject({ placement: 'inside', exactness: 'estimated' })
    expect(plan.unaccountedMs).toBe(1)
  })

  it('takes the set of triggers that fills the time behind the tree best, whatever their order', () => {
    const triggers = [trigger('a_before', 30), trigger('b_after', 60), trigger('c_before', 5)]
    const plan = derivePlan(planOf(`ModifyTable  ms=40`, { 'Execution Time': 101, Triggers: triggers }))
    expect(plan.triggers.map(({ placement }) => placement)).toEqual(['inside', 'outside', 'inside'])
  })

  it('that is exceeded by its parts is said', () => {
    const plan = derivePlan(planOf(`Seq Scan on a  ms=40`, { 'Execution Time': 10 }))
    expect(plan.unaccountedMs).toBe(0)
    expect(plan.warnings.map(({ code }) => code)).toEqual(['negativeUnaccounted'])
  })

  it('is unknown without ANALYZE', () => {
    const plan = derivePlan({
      Plan: { 'Node Type': 'Seq Scan', 'Plan Rows': 5, 'Total Cost': 8 },
      'Planning Time': 1,
    })
    expect(plan).toMatchObject({ analyzed: false, timed: false, unaccountedMs: undefined })
    expect(plan.totals).toMatchObject({ statementMs: undefined, treeMs: undefined, exclusiveMs: undefined })
    expect(plan.nodes[0]).toMatchObject({ neverExecuted: false, loops: undefined, actualRows: undefined })
  })

  it('is unknown without timing, while rows are known', () => {
    const plan = derivePlan({
      Plan: { 'Node Type': 'Seq Scan', 'Plan Rows': 5, 'Actual Rows': 20, 'Actual Loops': 1 },
    })
    expect(plan).toMatchObject({ analyzed: true, timed: false })
    expect(plan.nodes[0]).toMatchObject({ totalRows: 20, inclusiveMs: undefined, misestimate: { factor: 4 } })
  })
})

describe('the worst nodes', () => {
  it('stand worst first, ties in plan order, none without a figure', () => {
    const plan = derivePlan(
      planOf(`
        Append  ms=30
          Seq Scan on a  ms=5
          Seq Scan on b  ms=20 rows=1000
          Seq Scan on c  ms=5`),
    )
    expect(plan.worst.byExclusiveMs).toEqual([2, 1, 3])
    expect(plan.worst.byMisestimate).toEqual([2])
    expect(plan.worst.byBuffers).toEqual([])
  })

  it('are at most ten', () => {
    const plan = derivePlan(planOf(`Append  ms=99\n${'  Seq Scan on a  ms=3\n'.repeat(30)}`))
    expect(plan.worst.byExclusiveMs).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
})
