import carts from '../../../../resources/demo/data/carts.sql?raw'
import customers from '../../../../resources/demo/data/customers.sql?raw'
import events from '../../../../resources/demo/data/events.sql?raw'
import finish from '../../../../resources/demo/data/finish.sql?raw'
import helpers from '../../../../resources/demo/data/helpers.sql?raw'
import keysOrderLines from '../../../../resources/demo/data/keys-order-lines.sql?raw'
import keysOrders from '../../../../resources/demo/data/keys-orders.sql?raw'
import keysOthers from '../../../../resources/demo/data/keys-others.sql?raw'
import keysSmall from '../../../../resources/demo/data/keys-small.sql?raw'
import orderLines from '../../../../resources/demo/data/order-lines.sql?raw'
import orders from '../../../../resources/demo/data/orders.sql?raw'
import places from '../../../../resources/demo/data/places.sql?raw'
import products from '../../../../resources/demo/data/products.sql?raw'
import references from '../../../../resources/demo/data/references.sql?raw'
import reviews from '../../../../resources/demo/data/reviews.sql?raw'
import roles from '../../../../resources/demo/data/roles.sql?raw'
import schema from '../../../../resources/demo/data/schema.sql?raw'

/** The SQL that makes the shop, by job. */
export const shopSql = {
  roles,
  schema,
  helpers,
  places,
  products,
  customers,
  orderLines,
  orders,
  reviews,
  events,
  carts,
  keysSmall,
  keysOrders,
  keysOrderLines,
  keysOthers,
  references,
  finish,
} as const
