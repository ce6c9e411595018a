import { describe, expect, it } from 'vitest'
import {
  buildCatalogueIndex,
  type CatalogueIndex,
  type ColumnLookup,
  complete,
} from '#renderer/editor/completion/index.ts'

const shop: CatalogueIndex = buildCatalogueIndex({
  schemas: ['public', 'archive', 'pg_catalog'],
  relations: [
    { schema: 'public', name: 'orders', kind: 'table', visible: true, estimatedRows: 2_000_000 },
    { schema: 'public', name: 'order_lines', kind: 'table', visible: true },
    { schema: 'public', name: 'customers', kind: 'table', visible: true },
    { schema: 'public', name: 'Odd Name', kind: 'view', visible: true },
    { schema: 'archive', name: 'orders_2019', kind: 'table', visible: false },
    { schema: 'pg_catalog', name: 'pg_class', kind: 'table', visible: true },
  ],
  functions: [
    { schema: 'pg_catalog', name: 'sum', arguments: 'integer', returns: 'bigint', kind: 'aggregate' },
    { schema: 'pg_catalog', name: 'sum', arguments: 'numeric', returns: 'numeric', kind: 'aggregate' },
    { schema: 'pg_catalog', name: 'now', arguments: '', returns: 'timestamptz', kind: 'function' },
    { schema: 'archive', name: 'move', arguments: 'date', returns: '', kind: 'procedure' },
  ],
  keywords: ['select', 'from', 'where', 'order', 'group', 'by', 'tablesample', 'selectivity'],
})

const columns: Readonly<Record<string, readonly string[]>> = {
  orders: ['id', 'customer_id', 'status', 'placed_at'],
  customers: ['id', 'name', 'country'],
  order_lines: ['order_id', 'quantity', 'price'],
}
const lookup: ColumnLookup = ({ name }) =>
  columns[name]?.map((column) => ({ name: column, type: 'text', nullable: false })) ?? null

/** Labels offered where `|` stands. */
function offered(marked: string, catalogue = shop, find: ColumnLookup = lookup): readonly string[] {
  const offset = marked.indexOf('|')
  const text = marked.slice(0, offset) + marked.slice(offset + 1)
  return complete(text, offset, catalogue, find).suggestions.map(({ label }) => label)
}

function inserted(marked: string, label: string): string | undefined {
  const offset = marked.indexOf('|')
  const text = marked.slice(0, offset) + marked.slice(offset + 1)
  return complete(text, offset, shop, lookup).suggestions.find((one) => one.label === label)?.insert
}

describe('completion of relations', () => {
  it('offers the relations of the search path first, then schemas', () => {
    const labels = offered('select * from |')
    expect(labels.slice(0, 4)).toEqual(['customers', 'Odd Name', 'order_lines', 'orders'])
    expect(labels).toContain('archive')
    expect(labels.indexOf('pg_class')).toBeGreaterThan(labels.indexOf('orders'))
  })

  it('narrows by what is typed, by part and by initials', () => {
    expect(offered('select * from ord|')[0]).toBe('orders')
    expect(offered('select * from lin|')[0]).toBe('order_lines')
    expect(offered('select * from ol|')[0]).toBe('order_lines')
  })

  it('offers only what a schema holds after its name and a dot', () => {
    expect(offered('select * from archive.|')).toEqual(['orders_2019'])
  })

  it('writes the schema in front of what the search path does not find, and quotes odd names', () => {
    expect(inserted('select * from orders_2|', 'orders_2019')).toBe('archive.orders_2019')
    expect(inserted('select * from |', 'Odd Name')).toBe('"Odd Name"')
  })

  it('offers common table expressions, also to those that follow', () => {
    expect(offered('with recent as (select 1), b as (select * from |)')).toContain('recent')
    expect(offered('with recent as (select 1) select * from rec|')[0]).toBe('recent')
  })

  it.each(['join', 'left join', 'update', 'insert into', 'delete from', 'analyze', 'drop table', 'truncate'])(
    'offers relations after %s',
    (words) => {
      const start = words.includes('join') ? `select * from customers ${words}` : words
      expect(offered(`${start} ord|`)).toContain('orders')
    },
  )

  it('goes on with keywords, not names, once a relation stands', () => {
    const labels = offered('select * from orders |')
    expect(labels).toContain('where')
    expect(labels).not.toContain('customers')
  })
})

describe('completion of columns', () => {
  it('lists the columns of an alias after its dot, whether it stands before or after', () => {
    expect(offered('select o.| from orders o')).toEqual(columns['orders'])
    expect(offered('select 1 from orders as o join customers c on c.|')).toEqual(columns['customers'])
  })

  it('lists the columns of a relation by its own name and by schema and name', () => {
    expect(offered('select orders.| from orders')).toEqual(columns['orders'])
    expect(offered('select public.orders.| from public.orders')).toEqual(columns['orders'])
  })

  it('offers all columns in reach without a dot, before functions and keywords', () => {
    const labels = offered('select | from orders o, customers c')
    expect(labels.slice(0, 4)).toEqual(columns['orders'])
    expect(labels).toContain('country')
    expect(labels).toContain('o')
  })

  it('knows what a subquery hands out, its aliases and its stars', () => {
    expect(offered('select s.| from (select id, price * 2 as twice, count(*) from order_lines) s')).toEqual([
      'id',
      'twice',
      'count',
    ])
    expect(offered('select s.| from (select * from customers) s')).toEqual(columns['customers'])
    expect(offered('select s.| from (select c.* from customers c, orders o) s')).toEqual(columns['customers'])
  })

  it('knows the columns of a common table expression, named or taken over', () => {
    expect(offered('with r (a, b) as (select 1, 2) select r.| from r')).toEqual(['a', 'b'])
    expect(offered('with r as (select status, 1 as one from orders) select x.| from r x')).toEqual([
      'status',
      'one',
    ])
  })

  it('reaches the outer query from a correlated subquery, not the other way round', () => {
    const inside = offered('select 1 from orders o where exists (select 1 from customers c where c.id = o.|)')
    expect(inside).toEqual(columns['orders'])
    expect(offered('select c.| from orders o where exists (select 1 from customers c)')).toEqual([])
  })

  it('offers the columns of the table that is written to', () => {
    expect(offered('insert into customers (|')).toEqual(columns['customers'])
    expect(offered('update orders set |')).toEqual(columns['orders'])
    expect(offered('update orders set status = 1, pl|')[0]).toBe('placed_at')
  })

  it('offers the names of the select list in ORDER BY', () => {
    expect(offered('select sum(price) as revenue from order_lines order by rev|')[0]).toBe('revenue')
  })

  it('looks at the statement under the cursor only', () => {
    expect(offered('select * from orders o; select o.| from customers o; select 1')).toEqual(
      columns['customers'],
    )
  })

  it('works in function arguments and after other arguments', () => {
    expect(offered("select date_trunc('day', o.|) from orders o")).toEqual(columns['orders'])
  })

  it('says which relations it has to ask the server for', () => {
    const text = 'select o. from shop.orders o'
    const answer = complete(text, 9, shop, () => undefined)
    expect(answer.missing).toEqual([{ schema: 'shop', name: 'orders' }])
    expect(answer.suggestions).toEqual([])
  })
})

describe('completion of keywords and functions', () => {
  it('writes keywords the way they are typed', () => {
    expect(offered('SEL|')[0]).toBe('SELECT')
    expect(offered('sel|')[0]).toBe('select')
    expect(offered('SELECT * FROM orders |')).toContain('WHERE')
  })

  it('puts the cursor between the parentheses of a function that takes arguments', () => {
    expect(inserted('select su| from orders', 'sum')).toBe('sum($0)')
    expect(inserted('select no| from orders', 'now')).toBe('now()')
  })

  it('shows one entry for all overloads', () => {
    expect(offered('select su| from orders').filter((label) => label === 'sum')).toHaveLength(1)
  })

  it('offers types after a cast and procedures after CALL', () => {
    expect(offered("select '1'::int|")[0]).toBe('integer')
    expect(offered('call |')).toContain('move')
  })

  it.each([
    "select 'ord|'",
    'select 1 -- ord|',
    'select /* ord| */ 1',
    'select $$ord|$$',
    'select 12|',
    'select 1 as ord|',
  ])('stays silent in %s', (text) => {
    expect(offered(text)).toEqual([])
  })

  it('replaces the whole word under the cursor, and only it', () => {
    const { replaceStart, replaceEnd } = complete('select * from orders', 17, shop, lookup)
    expect([replaceStart, replaceEnd]).toEqual([14, 20])
  })
})

describe('completion at size', () => {
  it('takes less than 30 ms of the processor on 10,000 relations', () => {
    const many = buildCatalogueIndex({
      schemas: ['public'],
      relations: Array.from({ length: 10_000 }, (_, index) => ({
        schema: 'public',
        name: `relation_${index % 97}_of_module_${index}`,
        kind: 'table' as const,
        visible: true,
      })),
      functions: [],
      keywords: [],
    })
    const times = ['', 'r', 're', 'rel', 'mod', 'e_99', 'rom'].map((typed) => {
      const text = `select * from ${typed}`
      const started = process.cpuUsage()
      const { suggestions } = complete(text, text.length, many, () => null)
      expect(suggestions.length).toBeGreaterThan(0)
      const { user, system } = process.cpuUsage(started)
      return (user + system) / 1_000
    })
    // The middle of seven, so that one collection of garbage does not fail it.
    expect([...times].sort((a, b) => a - b)[3]).toBeLessThan(30)
  })

  it('answers in a script of a megabyte', () => {
    const script = 'select 1 from orders o where o.id = 1;\n'.repeat(27_000)
    const text = `${script}select o. from customers o`
    expect(offered(`${text.slice(0, -17)}|${text.slice(-17)}`)).toEqual(columns['customers'])
  })
})
