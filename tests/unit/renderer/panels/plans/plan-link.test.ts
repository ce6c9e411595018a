import { describe, expect, test } from 'vitest'
import { parseKeptPlanLink } from '#renderer/panels/plans/plan-link.ts'

describe('a link to a kept plan', () => {
  test('names the plan, which of its text, and the node', () => {
    expect(parseKeptPlanLink('#plan=p-1&at=2&node=17')).toEqual({ planId: 'p-1', index: 2, nodeId: 17 })
    expect(parseKeptPlanLink('#plan=p-1')).toEqual({ planId: 'p-1', index: 0, nodeId: undefined })
  })

  test('is no other link, and takes no nonsense for a number', () => {
    expect(parseKeptPlanLink('')).toBeUndefined()
    expect(parseKeptPlanLink('#run=r&node=1')).toBeUndefined()
    expect(parseKeptPlanLink('#plan=p&at=-1&node=1e9')).toEqual({ planId: 'p', index: 0, nodeId: undefined })
  })
})
