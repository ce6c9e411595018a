import { describe, expect, it } from 'vitest'
import { gist, toldBy } from './told.ts'

const rule = 'partitions-not-pruned'

interface Member {
  readonly relation: string
  readonly alias: string
  readonly rows: number
  readonly loops?: number
}

const append = (members: readonly Member[], filter: string | undefined, ms = 10) =>
  [
    `Append  ms=${members.length * ms} rows=100`,
    ...members.map(({ relation, alias, rows, loops = 1 }) => {
      const keys = {
        Alias: alias,
        'Parent Relationship': 'Member',
        ...(filter === undefined ? {} : { Filter: filter, 'Rows Removed by Filter': 10_000 - rows }),
      }
      return `  Seq Scan on ${relation}  ms=${loops === 0 ? 0 : ms} rows=${rows} loops=${loops} | ${JSON.stringify(keys)}`
    }),
  ].join('\n')

const months = (rowsOf: (at: number) => number, loops = 1): readonly Member[] =>
  Array.from({ length: 6 }, (_, at) => ({
    relation: `events_0${at}`,
    alias: `events_${at + 1}`,
    rows: rowsOf(at),
    loops,
  }))

const wrapped = "(date_trunc('month'::text, seen_at) = '2026-03-01'::date)"

describe('partitions', () => {
  it('that were read and gave nothing are told once, at the Append', () => {
    const findings = toldBy(
      rule,
      append(
        months((at) => (at === 2 ? 100 : 0)),
        wrapped,
      ),
    )
    expect(gist(findings)).toEqual(['0 critical 50 ms'])
    expect(findings[0]?.relatedNodeIds).toEqual([1, 2, 4, 5, 6])
    expect(findings[0]?.advice[0]?.text).toContain('date_trunc')
  })

  it('are not told to be found by a range of a document’s member or a pattern', () => {
    for (const filter of [
      "((payload ->> 'session'::text) = 'f1c15'::text)",
      "(lower(kind) = 'error'::text)",
      "((page)::text ~~ '%/p/7%'::text)",
    ]) {
      const [finding] = toldBy(
        rule,
        append(
          months((at) => (at === 2 ? 100 : 0)),
          filter,
        ),
      )
      expect(finding?.advice[0]?.text ?? '').not.toContain('with a range')
    }
  })

  it('of servers before 13 are known by their names', () => {
    const members = months((at) => (at === 2 ? 100 : 0)).map((member) => ({
      ...member,
      alias: member.relation,
    }))
    expect(gist(toldBy(rule, append(members, '((kind % 8) = 7)')))).toEqual(['0 critical 50 ms'])
  })

  it('that are only planned are told where a function of time hides the column', () => {
    const raw = {
      Plan: {
        'Node Type': 'Append',
        Plans: months(() => 1).map(({ relation, alias }) => ({
          'Node Type': 'Seq Scan',
          'Parent Relationship': 'Member',
          'Relation Name': relation,
          Alias: alias,
          Filter: wrapped,
        })),
      },
    }
    expect(gist(toldBy(rule, raw))).toEqual(['0 info'])
  })

  it('that gave rows, or never ran, are no trouble', () => {
    expect(
      toldBy(
        rule,
        append(
          months(() => 20),
          '(kind = 7)',
        ),
      ),
    ).toEqual([])
    const one = months((at) => (at === 2 ? 100 : 0)).map((member, at) => ({
      ...member,
      loops: at === 2 ? 1 : 0,
    }))
    expect(toldBy(rule, append(one, '(at = 7)'))).toEqual([])
  })

  it('that cost next to nothing are no trouble', () => {
    expect(
      toldBy(
        rule,
        append(
          months((at) => (at === 2 ? 100 : 0)),
          wrapped,
          0.02,
        ),
      ),
    ).toEqual([])
  })

  it('are not seen in a UNION ALL', () => {
    const members = ['customers', 'orders', 'visits', 'letters'].map((relation) => ({
      relation,
      alias: relation,
      rows: 0,
    }))
    expect(toldBy(rule, append(members, "(name = 'x'::text)"))).toEqual([])
  })
})
