import { shopSql } from './sql.ts'
import { splitStatements } from './statements.ts'

/** How many rows each large table gets. */
export interface ShopSizes {
  readonly products: number
  readonly customers: number
  readonly orders: number
  readonly reviews: number
  readonly events: number
  readonly carts: number
}

/** One piece of the load, on one connection. */
export interface LoadTask {
  readonly id: string
  /** For people: what is being done. */
  readonly step: string
  readonly after: readonly string[]
  readonly statements: readonly string[]
  readonly parameters: readonly number[]
  /** Its share of the whole work, in milliseconds on the machine where it was measured. */
  readonly weight: number
}

/**
 * About two million rows at scale 1: an order has 3.1 lines on average.
 *
 * Products are at least 400, so that skew, categories and brands remain what they are at any scale.
 */
export function shopSizes(scale: number): ShopSizes {
  const rows = (full: number, least: number) => Math.max(least, Math.round(full * scale))
  return {
    products: rows(6_000, 400),
    customers: rows(100_000, 500),
    orders: rows(360_000, 1_000),
    reviews: rows(80_000, 200),
    events: rows(250_000, 600),
    carts: rows(60_000, 500),
  }
}

/** What has to be done for a full shop, in the order it is best begun; tasks whose `after` is done may run side by side. */
export function planLoad(sizes: ShopSizes, chunks = 4): readonly LoadTask[] {
  const { products, customers, orders, reviews, events, carts } = sizes
  const orderChunks = splitRange(orders, chunks)
  const lineTasks = orderChunks.map(([from, to], nr) =>
    task(`lines-${nr}`, 'Writing order lines', ['products'], shopSql.orderLines, [from, to], 1_000 / chunks),
  )
  const orderTasks = orderChunks.map(([from, to], nr) =>
    task(
      `orders-${nr}`,
      'Writing orders',
      [`lines-${nr}`],
      shopSql.orders,
      [from, to, orders, customers],
      1_000 / chunks,
    ),
  )
  const ids = (tasks: readonly LoadTask[]) => tasks.map(({ id }) => id)
  const check = (table: string, constraint: string) =>
    task(
      `check-${constraint}`,
      'Checking references',
      ['references'],
      `alter table shop.${table} validate constraint ${constraint}`,
      [],
      100,
    )
  const checks = [
    check('order_lines', 'order_lines_order'),
    check('orders', 'orders_customer'),
    check('order_lines', 'order_lines_product'),
    check('reviews', 'reviews_product'),
    check('reviews', 'reviews_customer'),
  ]
  const tidy = (table: string, after: readonly string[], weight: number) =>
    task(`tidy-${table}`, 'Gathering statistics', after, `vacuum (analyze) shop.${table}`, [], weight)
  return [
    task(
      'schema',
      'Creating the schema',
      [],
      `${shopSql.roles}\n${shopSql.schema}\n${shopSql.helpers}`,
      [],
      150,
    ),
    task('places', 'Creating the schema', ['schema'], shopSql.places, [], 50),
    task('products', 'Writing products', ['places'], shopSql.products, [products], 150),
    task('customers', 'Writing customers', ['places'], shopSql.customers, [1, customers, customers], 600),
    ...lineTasks.flatMap((lines, nr) => [lines, orderTasks[nr] ?? []].flat()),
    task('keys-order-lines', 'Building indexes', ids(lineTasks), shopSql.keysOrderLines, [], 700),
    task('events', 'Writing events', ['products'], shopSql.events, [1, events, events, customers], 900),
    task('keys-orders', 'Building indexes', ids(orderTasks), shopSql.keysOrders, [], 250),
    task('reviews', 'Writing reviews', ['products'], shopSql.reviews, [reviews, customers], 250),
    task('carts', 'Writing carts', ['products'], shopSql.carts, [carts, customers], 100),
    task('keys-small', 'Building indexes', ['customers', 'products', 'carts'], shopSql.keysSmall, [], 300),
    task('keys-others', 'Building indexes', ['reviews', 'events'], shopSql.keysOthers, [], 200),
    task(
      'references',
      'Checking references',
      ['keys-small', 'keys-orders', 'keys-order-lines', 'keys-others'],
      shopSql.references,
      [],
      30,
    ),
    ...checks,
    tidy('order_lines', ['check-order_lines_order', 'check-order_lines_product'], 350),
    tidy('orders', ['check-orders_customer', 'check-order_lines_order'], 250),
    tidy('events', ['references'], 150),
    tidy('customers', ['check-orders_customer', 'check-reviews_customer'], 120),
    tidy('reviews', ['check-reviews_product', 'check-reviews_customer'], 100),
    ...['products', 'stock', 'carts'].map((table) => tidy(table, ids(checks), 30)),
    ...['countries', 'cities', 'categories', 'daily_sales'].map((table) => tidy(table, ids(checks), 5)),
    task(
      'finish',
      'Finishing',
      [...ids(checks), 'tidy-order_lines', 'tidy-orders', 'tidy-events'],
      shopSql.finish,
      [],
      40,
    ),
  ]
}

function task(
  id: string,
  step: string,
  after: readonly string[],
  sql: string,
  parameters: readonly number[],
  weight: number,
): LoadTask {
  return { id, step, after, statements: splitStatements(sql), parameters, weight }
}

/** Cuts 1…n into `parts` ranges of nearly the same length. */
function splitRange(n: number, parts: number): readonly (readonly [number, number])[] {
  const edge = (k: number) => Math.floor((n * k) / parts)
  return Array.from({ length: parts }, (_, k) => [edge(k) + 1, edge(k + 1)] as const)
}
