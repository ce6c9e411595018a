import { expect, it } from 'vitest'
import { sample } from '#renderer/panels/plans/warm-up.ts'
import { readPlans } from '#shared/plan/index.ts'

it('a window warms up with a plan that reads whole', () => {
  const reading = readPlans(sample)
  expect(reading).toMatchObject({ ok: true, warnings: [], plans: [{ format: 'text', warnings: [] }] })
})
