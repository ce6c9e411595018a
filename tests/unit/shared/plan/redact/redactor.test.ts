import { describe, expect, test } from 'vitest'
import { createRedactor, derivePlan, dumpTimes, formatPlanText } from '#shared/plan/index.ts'
import { planOf } from '../plan-notation.ts'

const raw = planOf(
  `
Hash Join  ms=10 rows=5 | {"Hash Cond": "(o.customer_id = c.id)", "Output": ["o.total", "lower(c.name)", "(InitPlan 1).col1"]}
  Seq Scan on orders  ms=5 rows=50 | {"Schema": "secret_shop", "Alias": "o", "Filter": "((status = 'returned'::text) AND (total > 99.5) AND (placed_at > '2026-01-01'::timestamp with time zone))"}
  Index Scan on customers  ms=2 rows=9 | {"Alias": "c", "Index Name": "customers_pkey", "Index Cond": "(kind = ANY ('{vip,gold}'::my_kind[]))"}
  CTE recent: Function Scan  ms=1 | {"Function Name": "audit_tail", "Function Call": "audit_tail('x', 3)"}`,
  {
    'Query Text': "select /* for Bob */ o.total from orders o -- hush\nwhere o.status = 'returned' limit 10",
    Settings: { work_mem: '4MB', search_path: '"$user", secret_shop' },
    Triggers: [{ 'Trigger Name': 'log_order', Relation: 'orders', Time: 1.5, Calls: 3 }],
    'Execution Time': 11,
  },
)

describe('redacting a plan', () => {
  test('replaces names and literals one for one, and keeps types, functions and words of the server', () => {
    const text = formatPlanText(createRedactor().plan(raw))
    expect(text).toContain('Seq Scan on schema_1.table_1 alias_1')
    expect(text).toMatch(
      /Filter: \(\(column_\d+ = 'text_\d+'::text\) AND \(column_\d+ > \d+\) AND \(column_\d+ > 'text_\d+'::timestamp with time zone\)\)/,
    )
    expect(text).toMatch(/Hash Cond: \(alias_1\.column_\d+ = alias_2\.column_\d+\)/)
    expect(text).toMatch(/Output: alias_1\.column_\d+, lower\(alias_2\.column_\d+\), \(InitPlan 1\)\.col1/)
    expect(text).toMatch(/ANY \('text_\d+'::type_1\[\]\)/)
  })

  test('leaves no name, literal or comment behind', () => {
    const redacted = JSON.stringify(createRedactor().plan(raw))
    for (const word of [
      'shop',
      'orders',
      'customer',
      'status',
      'returned',
      '99.5',
      '2026',
      'vip',
      'my_kind',
      'audit',
      'recent',
      'Bob',
      'hush',
      'log_order',
    ])
      expect(redacted).not.toContain(word)
  })

  test('keeps shape and figures', () => {
    const redacted = createRedactor().plan(raw)
    const times = (plan: typeof raw): string =>
      dumpTimes(derivePlan(plan)).replaceAll(/ on \S+| (?:CTE )?\w+$/gm, '')
    expect(
      derivePlan(redacted).nodes.map((node) => [node.nodeType, node.exclusiveMs, node.totalRows]),
    ).toEqual(derivePlan(raw).nodes.map((node) => [node.nodeType, node.exclusiveMs, node.totalRows]))
    expect(times(redacted).split('\n')).toHaveLength(times(raw).split('\n').length)
  })

  test('does not touch the plan it was given', () => {
    const before = structuredClone(raw)
    createRedactor().plan(raw)
    expect(raw).toEqual(before)
  })

  test('the same name gets the same word in a second plan and in the statement', () => {
    const redactor = createRedactor()
    redactor.plan(raw)
    expect(redactor.text('select c.name from orders o')).toBe(
      redactor.text('SELECT c.name FROM orders o').replace('SELECT', 'select').replace('FROM', 'from'),
    )
    expect(redactor.text('orders')).toBe('table_1')
  })

  test('tells the mapping to whoever redacted', () => {
    const redactor = createRedactor()
    redactor.plan(raw)
    expect(redactor.mapping()).toContainEqual({ kind: 'relation', from: 'orders', to: 'table_1' })
    expect(redactor.mapping()).toContainEqual({ kind: 'text', from: "'returned'", to: 'text_1' })
  })

  test('redacts what an extension says in its own words', () => {
    const odd = planOf(
      'Custom Scan  ms=1 | {"Custom Plan Provider": "Citus Adaptive", "Shard": "orders_102008 on host=db7"}',
    )
    const redacted = JSON.stringify(createRedactor().plan(odd))
    expect(redacted).toContain('Citus Adaptive')
    expect(redacted).not.toMatch(/orders_102008|db7/)
  })

  test('a broken piece of SQL is redacted to its end', () => {
    expect(createRedactor().text("where name = 'open string with secret")).toBe("where column_1 = 'text_1'")
  })
})
