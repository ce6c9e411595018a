import lockQueueCount from '../../../../resources/demo/stories/lock-queue-count.sql?raw'
import lockQueueReserve from '../../../../resources/demo/stories/lock-queue-reserve.sql?raw'
import { ask } from './query.ts'
import type { Actor, Story } from './story.ts'

const reserve = ask(lockQueueReserve)
const countStock = ask(lockQueueCount)

function checkout(nr: number): Actor {
  return {
    name: `shop-checkout-${nr}`,
    role: 'shop_app',
    pauseMs: 60,
    play: async (client, { pause, random }) => {
      await client.query('begin')
      // Always in the same order, so that the queue never turns into a deadlock.
      await reserve(client, 1)
      await pause(120 + random() * 180)
      if (random() < 0.4) await reserve(client, 2)
      await client.query('commit')
    },
  }
}

export const lockQueueStory: Story = {
  id: 'lock-queue',
  title: 'Lock queue on hot rows',
  description:
    'Six checkouts reserve the same product and keep its row locked while the customer pays: look for backends that wait for a transaction or a tuple behind one that is idle in its transaction.',
  actors: [
    ...[1, 2, 3, 4, 5, 6].map(checkout),
    {
      name: 'shop-stocktaking',
      role: 'shop_app',
      pauseMs: 1_500,
      play: async (client, { pause }) => {
        await client.query('begin')
        await countStock(client)
        await pause(250)
        await client.query('commit')
      },
    },
  ],
}
