import misestimate from '../../../../resources/demo/stories/misestimate.sql?raw'
import { ask } from './query.ts'
import type { Story } from './story.ts'

const cityReport = ask(misestimate)
const cities = [
  ['Oslo', 'NO', 'NOK'],
  ['Copenhagen', 'DK', 'DKK'],
  ['Zurich', 'CH', 'CHF'],
  ['Warsaw', 'PL', 'PLN'],
  ['Stockholm', 'SE', 'SEK'],
] as const

export const misestimateStory: Story = {
  id: 'misestimate',
  title: 'Correlated columns misestimated',
  description:
    'A report filters by city, country and currency, which depend on each other: look for a plan that expects a handful of rows and gets thousands, and for nested loops chosen because of it.',
  actors: [
    {
      name: 'shop-report-cities',
      role: 'shop_analyst',
      pauseMs: 1_200,
      play: async (client, { turn }) => {
        await cityReport(client, ...(cities[turn % cities.length] ?? cities[0]))
      },
    },
  ],
}
