import { describe, expect, it } from 'vitest'
import {
  derivePlan,
  dumpPlanJson,
  formatPlanLines,
  listRawNodes,
  type PlanError,
  parsePlanJson,
  type RawPlan,
} from '#shared/plan/index.ts'

const read = (input: string | object): RawPlan => {
  const reading = parsePlanJson(input)
  if (!reading.ok) throw new Error(reading.error.message)
  return reading.plan
}
const refuse = (input: string | object): PlanError => {
  const reading = parsePlanJson(input)
  if (reading.ok) throw new Error('was read as a plan')
  return reading.error
}

const small = `[
  {
    "Plan": {
      "Node Type": "Seq Scan",
      "Brand New Key": {"deeper": [1, "two", null, true]},
      "Actual Rows": 1.50
    },
    "Planning Time": 0.1
  }
]`

describe('a JSON plan', () => {
  it('keeps every key, unknown ones too, in the server’s order', () => {
    const plan = read(small)
    expect(Object.keys(plan.Plan)).toEqual(['Node Type', 'Brand New Key', 'Actual Rows'])
    expect(plan.Plan['Brand New Key']).toEqual({ deeper: [1, 'two', null, true] })
  })

  it('is the same whether it comes as text, as a value, or as a saved row', () => {
    const plan = read(small)
    expect(read(JSON.parse(small) as object)).toEqual(plan)
    expect(read([{ 'QUERY PLAN': JSON.parse(small) as object }])).toEqual(plan)
    expect(read({ 'QUERY PLAN': small })).toEqual(plan)
    expect(read(`\uFEFF\n ${small}\n`)).toEqual(plan)
  })

  it('survives reading, dumping and reading again', () => {
    const plan = read(small)
    expect(read(dumpPlanJson(plan))).toEqual(plan)
    expect(Object.keys(read(dumpPlanJson(plan)).Plan)).toEqual(Object.keys(plan.Plan))
  })

  it('may stand alone as a tree, which is said', () => {
    const reading = parsePlanJson(`{"Node Type": "Result"}`)
    expect(reading).toMatchObject({ ok: true, plan: { Plan: { 'Node Type': 'Result' } } })
    expect(reading.ok && reading.warnings).toHaveLength(1)
  })

  it('may hold several statements, as rules make them', () => {
    const reading = parsePlanJson(`[{"Plan": {"Node Type": "Result"}}, {"Plan": {"Node Type": "Seq Scan"}}]`)
    expect(reading.ok && reading.plans.map((plan) => plan.Plan['Node Type'])).toEqual(['Result', 'Seq Scan'])
  })

  it('keeps all 64 bits of a query id', () => {
    const plan = read(`[{"Plan": {"Node Type": "Result"}, "Query Identifier": -8595559665482420428}]`)
    expect(derivePlan(plan).queryId).toBe('-8595559665482420428')
    expect(read(dumpPlanJson(plan))).toEqual(plan)
  })

  it('keeps both lists of workers that servers before 13 wrote on one node', () => {
    const reading =
      parsePlanJson(`[{"Plan": {"Node Type": "Sort", "Actual Loops": 2, "Actual Total Time": 4, "Actual Rows": 1,
      "Workers": [{"Worker Number": 0, "Sort Method": "quicksort", "Sort Space Used": 25, "Sort Space Type": "Memory"}],
      "Workers": [{"Worker Number": 0, "Actual Loops": 1, "Actual Total Time": 3, "Actual Rows": 1}]}}]`)
    if (!reading.ok) throw new Error(reading.error.message)
    expect(reading.warnings).toEqual([expect.stringContaining('"Workers" stands twice')])
    expect(derivePlan(reading.plan).nodes[0]?.workers).toEqual([
      expect.objectContaining({
        workerNumber: 0,
        loops: 1,
        workMs: 3,
        sort: expect.objectContaining({ method: 'quicksort' }),
      }),
    ])
  })
})

describe('a plan that the server itself wrote against the grammar', () => {
  // EXPLAIN (ANALYZE, FORMAT JSON) of MERGE on a partitioned table, 15 to 18.
  const text = `[{"Plan": {"Node Type": "ModifyTable", "Operation": "Merge", "Relation Name": "items", "Alias": "i",
    "Actual Rows": 0, "Actual Loops": 1,
    "Target Tables": [{"Relation Name": "items_a", "Alias": "i_1"}, "Tuples Inserted": 0, "Tuples Updated": 10],
    "Plans": [{"Node Type": "Result", "Actual Rows": 10, "Actual Loops": 1}]}}]`

  it('keeps keys that strayed into a list on the node, and says so', () => {
    const reading = parsePlanJson(text)
    if (!reading.ok) throw new Error(reading.error.message)
    expect(Object.keys(reading.plan.Plan).slice(-4)).toEqual([
      'Target Tables',
      'Tuples Inserted',
      'Tuples Updated',
      'Plans',
    ])
    expect(reading.plan.Plan['Tuples Updated']).toBe(10)
    expect(reading.plan.Plan['Target Tables']).toHaveLength(1)
    expect(reading.warnings).toHaveLength(2)
    expect(read(dumpPlanJson(reading.plan))).toEqual(reading.plan)
    expect(formatPlanLines(reading.plan).map(({ text }) => text)).toEqual([
      'Merge on items i (actual rows=0 loops=1)',
      '  Merge on items_a i_1',
      '  Tuples: updated=10',
      '  ->  Result (actual rows=10 loops=1)',
    ])
  })

  it('is still refused where no object is around the list', () => {
    expect(refuse('[["a": 1]]').code).toBe('notJson')
    expect(refuse('["a": 1]').code).toBe('notJson')
    expect(refuse('{"a": ["b": 1, "c": ]}').code).toBe('notJson')
  })
})

describe('what is not a JSON plan', () => {
  it.each([
    ['', 'empty', 1, 1],
    ['Seq Scan on orders', 'notJson', 1, 1],
    ['[{"Plan": {"Node Type": "Seq Scan"}\n', 'truncated', 2, 1],
    ['[{"Plan": {"Node Type": "Seq Sc', 'truncated', 1, 32],
    ['[{"Plan": {"Node Type": "Seq Scan",}}]', 'notJson', 1, 36],
    ['[{"Plan": {"Node Type": "a\tb"}}]', 'notJson', 1, 27],
    ['[{"Plan": {"Node Type": "\\x"}}]', 'notJson', 1, 26],
    ['[{"Plan": {"Node Type": "Result"}}]\nand more', 'notJson', 2, 1],
    ['[{"Plan": {"Node Type": "Result", "Plan Rows": 01}}]', 'notJson', 1, 48],
    ['[]', 'notAPlan', 1, 1],
    ['{"rows": 5}', 'notAPlan', 1, 1],
    ['["Utility Statement"]', 'notAPlan', 1, 1],
    ['[{"Plan": {\n"Node Type": "Limit", "Plans": [\n{"Plan Rows": 5}]}}]', 'notAPlan', 3, 1],
    ['[{"Plan": {"Node Type": "Limit", "Plans": 5}}]', 'notAPlan', 1, 11],
    ['[{"Plan": 5}]', 'notAPlan', 1, 1],
  ])('is refused with its place: %j', (text, code, line, column) => {
    expect(refuse(text)).toMatchObject({ code, line, column })
  })

  it('as a value is refused without a place', () => {
    expect(refuse({ rows: 5 })).toMatchObject({ code: 'notAPlan', line: undefined, column: undefined })
    expect(refuse([{ Plan: { 'Node Type': 'Limit', Plans: [5] } }])).toMatchObject({ code: 'notAPlan' })
  })

  it('is refused in a sentence for people', () => {
    expect(refuse('[{"Plan": {"Node Type": "Seq Scan"}').message).toBe(
      'The text ends in the middle of the plan (line 1, column 36).',
    )
  })

  it('is refused quickly, however long it is', () => {
    const garbage = ['x', '[', '{"a":', '"', '-', '[1,', '{"Plan":', '\\'].map((piece) =>
      piece.repeat(1e6 / piece.length),
    )
    for (const text of garbage) {
      // Time of the processor: others share the machine.
      const before = process.cpuUsage()
      expect(refuse(text).code).toMatch(/notJson|truncated/)
      expect([text.slice(0, 9), process.cpuUsage(before).user < 1e6]).toEqual([text.slice(0, 9), true])
    }
  })
})

describe('a chain of 5,000 nested nodes', () => {
  const depth = 5_000
  const text = `[{"Plan": ${'{"Node Type": "Subquery Scan", "Actual Total Time": 1, "Actual Rows": 1, "Actual Loops": 1, "Plans": ['.repeat(depth - 1)}{"Node Type": "Result", "Actual Total Time": 1, "Actual Rows": 1, "Actual Loops": 1}${']}'.repeat(depth - 1)}}]`

  it('is read, derived, dumped and written without overflowing the stack', () => {
    const raw = read(text)
    expect(listRawNodes(raw)).toHaveLength(depth)
    const plan = derivePlan(raw)
    expect(plan.nodes.at(-1)).toMatchObject({ depth: depth - 1, exclusiveMs: 1 })
    expect(listRawNodes(read(dumpPlanJson(raw)))).toHaveLength(depth)
    expect(formatPlanLines(raw)).toHaveLength(depth)
  })

  it('that breaks off is still told with its place', () => {
    expect(refuse(text.slice(0, -3))).toMatchObject({ code: 'truncated', line: 1, column: text.length - 2 })
  })
})
