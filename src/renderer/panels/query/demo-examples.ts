import type { RunParameter } from '#shared/session/index.ts'

export interface DemoExample {
  readonly title: string
  readonly statement: string
  /** Values of `$1` and on. */
  readonly parameters: readonly RunParameter[]
}

/** Statements for the demo's shop, so that the first look needs no typing; each has something to find. */
export const demoExamples: readonly DemoExample[] = [
  {
    title: 'Revenue by country',
    statement: `select c.country_code, count(*) as orders, sum(l.quantity * l.unit_price) as revenue
from orders o
join customers c on c.customer_id = o.customer_id
join order_lines l on l.order_id = o.order_id
where o.status = 'returned' and o.ordered_at >= $1::date
group by c.country_code
order by revenue desc`,
    parameters: [{ value: '2026-09-01' }],
  },
  {
    title: 'A sort that spills',
    statement: `select order_id, product_id, quantity * unit_price as amount
from order_lines
order by amount desc`,
    parameters: [],
  },
  {
    title: 'A write, rolled back',
    statement: `update products
set price = price * 1.05
where discontinued_on is null
returning product_id, name, price`,
    parameters: [],
  },
]
