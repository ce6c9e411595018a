import nPlusOneCustomer from '../../../../resources/demo/stories/n-plus-one-customer.sql?raw'
import nPlusOneLines from '../../../../resources/demo/stories/n-plus-one-lines.sql?raw'
import nPlusOneOrders from '../../../../resources/demo/stories/n-plus-one-orders.sql?raw'
import nPlusOneProduct from '../../../../resources/demo/stories/n-plus-one-product.sql?raw'
import { ask } from './query.ts'
import type { Story } from './story.ts'

const ordersOnTheirWay = ask(nPlusOneOrders)
const customerOf = ask(nPlusOneCustomer)
const linesOf = ask(nPlusOneLines)
const productOf = ask(nPlusOneProduct)

export const nPlusOneStory: Story = {
  id: 'n-plus-one',
  title: 'N+1 statements',
  description:
    'The packing list asks for every customer, line and product one by one: look for statements with thousands of calls of a few microseconds each, and a connection that is idle between them.',
  actors: [
    {
      name: 'shop-api-packing-list',
      role: 'shop_app',
      pauseMs: 400,
      play: async (client, { turn }) => {
        const { rows: orders } = await ordersOnTheirWay(client, (turn % 10) * 20)
        for (const [orderId, customerId] of orders) {
          await customerOf(client, customerId ?? 0)
          const { rows: lines } = await linesOf(client, orderId ?? 0)
          for (const [productId] of lines) await productOf(client, productId ?? 0)
        }
      },
    },
  ],
}
