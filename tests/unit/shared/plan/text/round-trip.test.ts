import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatPlanText,
  parsePlanJson,
  type RawPlan,
  type RawPlanNode,
  type RawRecord,
} from '#shared/plan/index.ts'
import { read, warningsOf } from './reading.ts'
import { asTextTells } from './text-law.ts'

const folder = new URL('../../../../fixtures/plans/', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /^pg\d+[\\/]/.test(file),
)

function readJson(file: string): RawPlan {
  const reading = parsePlanJson(readFileSync(new URL(file, folder), 'utf8'))
  if (!reading.ok) throw new Error(`${file}: ${reading.error.message}`)
  return reading.plan
}

it('a trigger names its relation where the statement writes several, though triggers of one only fired', () => {
  const write = (relation: string, more: object = {}): object => ({
    'Node Type': 'ModifyTable',
    Operation: 'Update',
    'Relation Name': relation,
    Alias: relation,
    ...more,
  })
  const raw = {
    Plan: {
      'Node Type': 'Result',
      Plans: [
        write('orders', { 'Parent Relationship': 'InitPlan', 'Subplan Name': 'CTE a' }),
        write('log', { 'Parent Relationship': 'InitPlan', 'Subplan Name': 'CTE b' }),
      ],
    },
    Triggers: [{ 'Trigger Name': 'note', Relation: 'orders', Time: 0.5, Calls: 2 }],
  } as unknown as RawPlan
  const text = formatPlanText(raw)
  expect(text).toContain('Trigger note on orders: time=0.500 calls=2')
  expect(read(text)['Triggers']).toEqual(raw['Triggers'])
})

it('what extensions say keeps its lines, and a sort without its space says none', () => {
  const text = [
    'Custom Scan (Columnar) on events  (cost=0.00..1.00 rows=1 width=4)',
    '  Engine Plan:',
    '    : Project: expr=[a, b]',
    '    :   Scan: events',
    '  a line without a label',
    '  ->  Sort  (cost=0.00..1.00 rows=1 width=4)',
    '        Sort Key: a',
    '        Sort Method: quicksort',
    'Optimizer Notes:',
    '  : learned',
    '  :   twice',
    'RTI 1 (cte, in-from-clause):',
    '  Eref: c (id, k)',
    '  CTE Name: c',
    '  CTE Levels Up: 0',
  ].join('\n')
  expect(
    formatPlanText(read(text))
      .split('\n')
      .map((line) => line.trim()),
  ).toEqual(text.split('\n').map((line) => line.trim()))
})

describe('plans recorded from servers', () => {
  it('are the same read from their text as from their JSON, but for what text is silent about', () => {
    for (const file of files.filter((name) => name.endsWith('.json'))) {
      const raw = readJson(file)
      const text = formatPlanText(raw)
      expect([file, asTextTells(read(text))]).toEqual([file, asTextTells(raw)])
      expect([file, formatPlanText(read(text))]).toEqual([file, text])
      expect([file, warningsOf(text)]).toEqual([file, []])
    }
  })

  it('are the same read from the text that the server wrote itself', () => {
    const pairs = files.filter((name) => name.endsWith('.txt'))
    for (const file of pairs) {
      const text = readFileSync(new URL(file, folder), 'utf8')
      const raw = readJson(file.replace(/txt$/, 'json'))
      expect([file, asTextTells(read(text))]).toEqual([file, asTextTells(raw)])
    }
    expect(pairs.length).toBeGreaterThan(30)
  })
})

/** Names that the server has to quote as often as not. */
const name = fc.oneof(
  fc.constantFrom(
    'orders',
    'on',
    'Mixed Case',
    'a.b',
    'say "hi"',
    '(cost=0.00..1.00 rows=1 width=4)',
    'x on y',
  ),
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' }).map((word) => `n${word}`),
)

const condition = fc
  .tuple(fc.constantFrom('a', 'orders.total', '"Mixed Case"'), fc.string({ maxLength: 8 }))
  .map(([left, right]) => `(${left} = '${right.replaceAll("'", "''").replaceAll(/[\r\n]/g, '')}'::text)`)

const figures = fc.record({
  startup: fc.nat(9_999),
  more: fc.nat(99_999),
  rows: fc.nat(1_000_000),
  loops: fc.nat(5),
})

interface Shape {
  readonly kind: 'scan' | 'filter' | 'index' | 'join' | 'append' | 'subPlan' | 'aggregate'
  readonly name: string
  readonly condition: string
  readonly figures: {
    readonly startup: number
    readonly more: number
    readonly rows: number
    readonly loops: number
  }
  readonly children: readonly Shape[]
}

const shapes = fc.letrec<{ tree: Shape }>((tie) => ({
  tree: fc.record({
    kind: fc.constantFrom<Shape['kind']>('scan', 'filter', 'index', 'join', 'append', 'subPlan', 'aggregate'),
    name,
    condition,
    figures,
    children: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant([]),
      fc.array(tie('tree'), { maxLength: 3 }),
    ),
  }),
})).tree

const scan = (shape: Shape): RawRecord => ({ 'Relation Name': shape.name, Alias: shape.name })

function head(shape: Shape, relationship: string | undefined, subplanName: string | undefined): RawRecord {
  const type = {
    scan: 'Seq Scan',
    filter: 'Seq Scan',
    index: 'Index Scan',
    join: 'Hash Join',
    append: 'Append',
    subPlan: 'Result',
    aggregate: 'Aggregate',
  }[shape.kind]
  return {
    'Node Type': type,
    ...(shape.kind === 'aggregate' ? { Strategy: 'Sorted', 'Partial Mode': 'Partial' } : {}),
    ...(relationship === undefined ? {} : { 'Parent Relationship': relationship }),
    ...(subplanName === undefined ? {} : { 'Subplan Name': subplanName }),
    'Parallel Aware': shape.figures.rows % 2 === 1,
    ...(shape.kind === 'index' ? { 'Scan Direction': 'Backward', 'Index Name': shape.name } : {}),
    ...(shape.kind === 'scan' || shape.kind === 'filter' || shape.kind === 'index' ? scan(shape) : {}),
    ...(shape.kind === 'join' ? { 'Join Type': 'Right Anti' } : {}),
  }
}

function properties(shape: Shape): RawRecord {
  switch (shape.kind) {
    case 'filter':
      return { Filter: shape.condition, 'Rows Removed by Filter': shape.figures.rows }
    case 'index':
      return { 'Index Cond': shape.condition, 'Rows Removed by Index Recheck': 0 }
    case 'join':
      return { 'Hash Cond': shape.condition }
    case 'aggregate':
      return { 'Group Key': [shape.condition, 'b'] }
    default:
      return {}
  }
}

function toNode(shape: Shape, relationship?: string, subplanName?: string): RawPlanNode {
  const { startup, more, rows, loops } = shape.figures
  const ran = loops > 0
  const node: RawRecord = {
    ...head(shape, relationship, subplanName),
    'Startup Cost': startup / 100,
    'Total Cost': (startup + more) / 100,
    'Plan Rows': rows,
    'Plan Width': loops,
    'Actual Startup Time': ran ? startup / 1_000 : 0,
    'Actual Total Time': ran ? (startup + more) / 1_000 : 0,
    'Actual Rows': ran ? rows : 0,
    'Actual Loops': loops,
    ...properties(shape),
    ...(shape.children.length === 0 ? {} : { Plans: children(shape) }),
  }
  return node as RawPlanNode
}

function children(shape: Shape): readonly RawPlanNode[] {
  return shape.children.map((child, at) => {
    if (shape.kind === 'append') return toNode(child, 'Member')
    if (shape.kind === 'subPlan') return toNode(child, 'SubPlan', `SubPlan ${at + 1}`)
    return toNode(child, ['Outer', 'Inner'][at] ?? 'Member')
  })
}

describe('for every plan', () => {
  it('reading its text gives the plan again', () => {
    fc.assert(
      fc.property(shapes, (tree) => {
        // One node that ran, so that the text says that times were taken.
        const top: Shape = { ...tree, figures: { ...tree.figures, loops: 1 } }
        const raw: RawPlan = { Plan: toNode(top), 'Planning Time': 0.25, 'Execution Time': 12.5 }
        expect(asTextTells(read(formatPlanText(raw)))).toEqual(asTextTells(raw))
      }),
    )
  })
})
