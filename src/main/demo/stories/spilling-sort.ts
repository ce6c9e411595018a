import spillingSort from '../../../../resources/demo/stories/spilling-sort.sql?raw'
import spillingSortFrom from '../../../../resources/demo/stories/spilling-sort-from.sql?raw'
import { ask, firstNumber } from './query.ts'
import type { Story } from './story.ts'

const priceSteps = ask(spillingSort)
const firstOrder = ask(spillingSortFrom)

export const spillingSortStory: Story = {
  id: 'spilling-sort',
  title: 'Sort that spills to disk',
  description:
    'A report sorts far more rows than work_mem holds: look for “external merge” in the plan, temporary blocks written and read, and waits for BufFile.',
  actors: [
    {
      name: 'shop-report-price-steps',
      role: 'shop_analyst',
      pauseMs: 5_000,
      // The smallest allowed, and one process only: the demo should show it, not feel it.
      sessionSettings: { work_mem: '1MB', max_parallel_workers_per_gather: '0' },
      play: async (client) => {
        await priceSteps(client, firstNumber(await firstOrder(client)))
      },
    },
  ],
}
