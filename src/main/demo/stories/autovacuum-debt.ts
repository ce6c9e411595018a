import autovacuumDebtDead from '../../../../resources/demo/stories/autovacuum-debt-dead.sql?raw'
import autovacuumDebtRead from '../../../../resources/demo/stories/autovacuum-debt-read.sql?raw'
import autovacuumDebtUpdate from '../../../../resources/demo/stories/autovacuum-debt-update.sql?raw'
import autovacuumDebtVacuum from '../../../../resources/demo/stories/autovacuum-debt-vacuum.sql?raw'
import { ask } from './query.ts'
import type { Story } from './story.ts'

const updateCarts = ask(autovacuumDebtUpdate)
const readCarts = ask(autovacuumDebtRead)
const deadRows = ask(autovacuumDebtDead)
const vacuumCarts = ask(autovacuumDebtVacuum)

/** About 200 MB of dead rows and index entries; then the story pays its debt and begins anew. */
const mostDeadRows = 1_200_000
const cartsPerUpdate = 1_500

export const autovacuumDebtStory: Story = {
  id: 'autovacuum-debt',
  title: 'Autovacuum debt',
  description:
    'Carts are updated by the thousand in a table whose vacuum threshold somebody raised: look for dead rows that pile up, a table that grows though its rows do not, and a count that gets slower.',
  actors: [
    {
      name: 'shop-cart-sync',
      role: 'shop_app',
      pauseMs: 300,
      play: async (client, { turn }) => {
        const [dead, carts] = (await deadRows(client)).rows[0] ?? []
        const ranges = Math.max(1, Math.floor(Number(carts ?? 0) / cartsPerUpdate))
        await updateCarts(client, 1 + (turn % ranges) * cartsPerUpdate)
        if (Number(dead ?? 0) > mostDeadRows) await vacuumCarts(client)
      },
    },
    {
      name: 'shop-dashboard-carts',
      role: 'shop_app',
      pauseMs: 1_000,
      play: async (client) => {
        await readCarts(client)
      },
    },
  ],
}
