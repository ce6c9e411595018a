import idleInTransaction from '../../../../resources/demo/stories/idle-in-transaction.sql?raw'
import { ask } from './query.ts'
import type { Story } from './story.ts'

const changeCustomer = ask(idleInTransaction)

export const idleInTransactionStory: Story = {
  id: 'idle-in-transaction',
  title: 'Idle in transaction',
  description:
    'A back-office form leaves its transaction open while nobody types: look for a backend that is idle in transaction for half a minute, holds a row and keeps vacuum from cleaning up.',
  actors: [
    {
      name: 'shop-admin-form',
      role: 'shop_app',
      pauseMs: 1_500,
      play: async (client, { pause, turn }) => {
        await client.query('begin')
        await changeCustomer(client, 1 + (turn % 20))
        await pause(30_000)
        await client.query('rollback')
      },
    },
  ],
}
