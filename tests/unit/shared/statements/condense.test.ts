import { describe, expect, it } from 'vitest'
import { condenseStatement } from '#shared/statements/index.ts'

describe('a statement in short', () => {
  it.each([
    // Long lists of columns give way to what is read.
    [
      'SELECT "orders"."id", "orders"."status", "orders"."total" FROM "orders" WHERE "orders"."customer_id" = $1',
      'SELECT … FROM "orders" WHERE "orders"."customer_id" = $1',
    ],
    ['select distinct city, country, currency from places', 'select distinct … from places'],
    ['select count(*) from orders', 'select count(*) from orders'],
    ['select 1', 'select 1'],
    [
      'insert into carts (customer_id, product_id, quantity, added_at) values ($1, $2, $3, now()) returning id',
      'insert into carts (…) values ($1, $2, $3, now()) returning id',
    ],
    ['update stock set reserved = reserved + $1 where product_id = $2', undefined],
    // Subqueries and CTEs are queries of their own.
    [
      'with paid as (select order_id, customer_id, paid_at from payments where paid_at > $1) select * from paid',
      'with paid as (select … from payments where paid_at > $1) select * from paid',
    ],
    [
      'select sum(x.total), avg(x.total), max(x.at) from (select a, b from sales where day = $1) x',
      'select … from (select a, b from sales where day = $1) x',
    ],
    [
      'select *\nfrom (\n  select a, b\n  from sales\n) x\nwhere id in ($1 /*, ... */)',
      'select * from (select a, b from sales) x where id in ($1, …)',
    ],
    // FROM is also part of other things.
    ['select extract(epoch from created_at), a is distinct from b as changed from log', 'select … from log'],
    [
      'select a, (select max(b) from inner_table) as highest_of_all from outer_table',
      'select … from outer_table',
    ],
    [
      'select id from orders where id in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) order by id',
      'select id from orders where id in (…) order by id',
    ],
    ['-- report\n  select\n\ta  /* first */,\n\tb\nfrom   t', 'select a, b from t'],
  ])('%s', (sql, condensed = sql) => {
    expect(condenseStatement(sql)).toBe(condensed)
  })

  it('bears what is cut off or broken, and is no longer than is asked for', () => {
    expect(condenseStatement('select a, b, c, d, e, f, g, h, i, j')).toBe(
      'select a, b, c, d, e, f, g, h, i, j',
    )
    expect(condenseStatement("select 'never closed")).toBe("select 'never closed")
    expect(condenseStatement('select f(a, ((b')).toBe('select f(a, ((b')
    expect(condenseStatement(')) from (')).toBe(')) from (')
    expect(condenseStatement('')).toBe('')
    const long = `select * from ${'x'.repeat(500)}`
    expect(condenseStatement(long, 100)).toBe(`${long.slice(0, 100)}…`)
    expect(condenseStatement(`${'('.repeat(50_000)}select 1`).length).toBeLessThan(300)
  })
})
