import { expect } from 'vitest'
import { type FoundPlan, readPlans } from '#shared/plan/index.ts'

/** The one plan of a text that is read without a remark; anything else fails the test. */
export function onlyPlan(input: string): FoundPlan {
  const reading = readPlans(input)
  if (!reading.ok) throw new Error(reading.error.message)
  const [plan, ...others] = reading.plans
  if (plan === undefined || others.length > 0) throw new Error(`${others.length + 1} plans`)
  expect([...reading.warnings, ...plan.warnings]).toEqual([])
  return plan
}
