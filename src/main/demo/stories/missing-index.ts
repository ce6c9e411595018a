import missingIndex from '../../../../resources/demo/stories/missing-index.sql?raw'
import { ask, firstNumber } from './query.ts'
import type { Story } from './story.ts'

const latestOrders = ask(missingIndex)
const customerCount = ask('select max(customer_id) from shop.customers')

export const missingIndexStory: Story = {
  id: 'missing-index',
  title: 'Missing index',
  description:
    'The account page looks up a customer’s orders without an index: look for one statement that tops the list and a Seq Scan that throws away nearly every row it reads.',
  actors: [1, 2].map((nr) => ({
    name: `shop-web-account-${nr}`,
    role: 'shop_app',
    pauseMs: 400,
    play: async (client, { random }) => {
      const customers = firstNumber(await customerCount(client))
      await latestOrders(client, 1 + Math.floor(random() * customers))
    },
  })),
}
