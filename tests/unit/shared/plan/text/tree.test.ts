import { describe, expect, it } from 'vitest'
import { listRawNodes, type RawPlan } from '#shared/plan/index.ts'
import { child, plan, root, warningsOf } from './reading.ts'

const outline = (raw: RawPlan): readonly string[] =>
  listRawNodes(raw).map((node) =>
    [node['Parent Relationship'], node['Subplan Name'], node['Node Type'], node['Alias']]
      .filter((word) => typeof word === 'string')
      .join(' '),
  )

describe('the tree', () => {
  it('follows the arrows, and says how each child hangs on its parent', () => {
    expect(
      outline(plan`
        Hash Join
          Hash Cond: (a.x = b.x)
          InitPlan 1 (returns $0)
            ->  Result
          ->  Append
                Subplans Removed: 2
                ->  Seq Scan on a1
                ->  Subquery Scan on q
                      ->  Seq Scan on a2
          ->  Hash
                ->  Seq Scan on b
          SubPlan 2
            ->  Index Only Scan using c_i on c
          CTE spare
            ->  Values Scan on "*VALUES*"
        Planning Time: 0.100 ms
      `),
    ).toEqual([
      'Hash Join',
      'InitPlan InitPlan 1 (returns $0) Result',
      'Outer Append',
      'Member Seq Scan a1',
      'Member Subquery Scan q',
      'Subquery Seq Scan a2',
      'Inner Hash',
      'Outer Seq Scan b',
      'SubPlan SubPlan 2 Index Only Scan c',
      'InitPlan CTE spare Values Scan *VALUES*',
    ])
  })

  it('reads the names that subplans have since 17 and 19', () => {
    expect(
      outline(plan`
        Result
          InitPlan 1
            ->  Seq Scan on a
          InitPlan expr_1
            ->  Seq Scan on b
          SubPlan exists_1
            ->  Seq Scan on c
      `).slice(1),
    ).toEqual([
      'InitPlan InitPlan 1 Seq Scan a',
      'InitPlan InitPlan expr_1 Seq Scan b',
      'SubPlan SubPlan exists_1 Seq Scan c',
    ])
  })

  it('puts several plans under one heading, as servers before 8.4 wrote them', () => {
    expect(
      outline(plan`
        Seq Scan on a
          SubPlan
            ->  Limit
                  ->  Seq Scan on b
            ->  Limit
                  ->  Seq Scan on c
      `),
    ).toEqual([
      'Seq Scan a',
      'SubPlan SubPlan Limit',
      'Outer Seq Scan b',
      'SubPlan SubPlan Limit',
      'Outer Seq Scan c',
    ])
  })

  it('does not take a scan of a CTE at the root for the heading of one', () => {
    expect(
      outline(plan`
        CTE Scan on x
          Filter: (x.a = 1)
          CTE x
            ->  Seq Scan on a
      `),
    ).toEqual(['CTE Scan x', 'InitPlan CTE x Seq Scan a'])
  })

  it('counts the children of a write as members where there was one a table', () => {
    const raw = plan`
      Update on t
        Update on t1
        Update on t2
        ->  Seq Scan on t1
        ->  Seq Scan on t2
    `
    expect(outline(raw)).toEqual(['ModifyTable t', 'Member Seq Scan t1', 'Member Seq Scan t2'])
    expect(raw.Plan['Target Tables']).toEqual([
      { 'Relation Name': 't1', Alias: 't1' },
      { 'Relation Name': 't2', Alias: 't2' },
    ])
    expect(
      child(root`
      Delete on t
        ->  Seq Scan on t
    `)['Parent Relationship'],
    ).toBe('Outer')
  })

  it('keeps what stands under each table that a write reaches', () => {
    expect(root`
      Insert on public.t
        Foreign Insert on public.t1 t_1
          Remote SQL: INSERT INTO far(a) VALUES ($1)
          Batch Size: 10
        Insert on public.t2
        Conflict Resolution: NOTHING
        ->  Result
    `).toMatchObject({
      'Target Tables': [
        {
          'Relation Name': 't1',
          Schema: 'public',
          Alias: 't_1',
          'Remote SQL': 'INSERT INTO far(a) VALUES ($1)',
          'Batch Size': 10,
        },
        { 'Relation Name': 't2', Schema: 'public', Alias: 't2' },
      ],
      'Conflict Resolution': 'NOTHING',
    })
  })

  it('names children of an extension’s scan as the server does', () => {
    expect(
      outline(plan`
        Custom Scan (One)
          ->  Custom Scan (Two)
                ->  Seq Scan on a
                ->  Seq Scan on b
      `),
    ).toEqual(['Custom Scan', 'child Custom Scan', 'children Seq Scan a', 'children Seq Scan b'])
  })

  it('stands whole, or is said not to be', () => {
    expect(warningsOf('Hash Join\n  ->  Seq Scan on a\n  ->  Hash\n        ->  Seq Scan on b')).toEqual([])
    expect(warningsOf('Hash Join\n  ->  Seq Scan on a')).toEqual([
      'The plan is not whole: Hash Join lacks its second input.',
    ])
    expect(warningsOf('Sort\n  Sort Key: a')).toEqual(['The plan is not whole: Sort lacks what it reads.'])
    expect(warningsOf('Result\n  InitPlan 1 (returns $0)')).toEqual([
      'The text ends behind "InitPlan 1 (returns $0)" (line 2).',
    ])
  })
})
