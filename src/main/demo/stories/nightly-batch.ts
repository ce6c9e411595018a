import nightlyBatchAnalyze from '../../../../resources/demo/stories/nightly-batch-analyze.sql?raw'
import nightlyBatchBestSellers from '../../../../resources/demo/stories/nightly-batch-best-sellers.sql?raw'
import nightlyBatchClear from '../../../../resources/demo/stories/nightly-batch-clear.sql?raw'
import nightlyBatchDay from '../../../../resources/demo/stories/nightly-batch-day.sql?raw'
import nightlyBatchLastDay from '../../../../resources/demo/stories/nightly-batch-last-day.sql?raw'
import { ask } from './query.ts'
import type { Story } from './story.ts'

const lastDay = ask(nightlyBatchLastDay)
const clearDay = ask(nightlyBatchClear)
const computeDay = ask(nightlyBatchDay)
const bestSellers = ask(nightlyBatchBestSellers)
const analyze = ask(nightlyBatchAnalyze)

/** How many days of sales are computed anew each time. */
const days = 40

export const nightlyBatchStory: Story = {
  id: 'nightly-batch',
  title: 'Nightly batch',
  description:
    'A batch computes the sales of forty days anew and gathers the best sellers, again and again: look for bursts of writes, WAL and hash aggregates under an application of its own.',
  actors: [
    {
      name: 'shop-batch-nightly',
      role: 'shop_batch',
      pauseMs: 3_000,
      play: async (client, { pause }) => {
        const until = (await lastDay(client)).rows[0]?.[0] ?? ''
        for (let before = 0; before < days; before += 1) {
          await client.query('begin')
          await clearDay(client, before, until)
          await computeDay(client, before, until)
          await client.query('commit')
          await pause(80)
        }
        await client.query('begin')
        await bestSellers(client)
        await client.query('commit')
        await analyze(client)
      },
    },
  ],
}
