import { describe, expect, it } from 'vitest'
import { buildWaitForGraph, nameRowWaits } from '#shared/locks/index.ts'
import { lockState } from '#tests/support/lock-states.ts'

describe('a wait for the end of a transaction', () => {
  it('is about the relation of the row that the waiter has locked, if it has', () => {
    // The object’s name stands for a transaction here, not for a relation.
    const state = lockState(`
      10 holds Exclusive on transactionid 77
      20 awaits Share on transactionid 77
      20 holds Exclusive on tuple orders
      30 awaits Share on transactionid 77
      40 awaits Exclusive on tuple orders`)
    const locks = state.locks.map(({ relation, ...row }) =>
      row.lockType === 'transactionid' ? { ...row, transactionId: 77 } : { ...row, relation: relation ?? '' },
    )
    const { edges } = buildWaitForGraph({ ...state, locks })
    expect(nameRowWaits(edges, locks).map(({ waiterPid, relation }) => [waiterPid, relation])).toEqual([
      [20, 'orders'],
      [30, undefined],
      [40, 'orders'],
    ])
  })
})
