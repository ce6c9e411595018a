import { describe, expect, it } from 'vitest'
import { listHeldLocks } from '#shared/locks/index.ts'
import { lockState } from '#tests/support/lock-states.ts'

const dump = (text: string) =>
  listHeldLocks(lockState(text)).map(
    ({ pid, mode, lockType, relation }) => `${pid} ${mode} ${lockType} ${relation}`,
  )

describe('what is held and in somebody’s way', () => {
  it('is each mode that conflicts with one that is awaited, and no other', () => {
    expect(
      dump(`
        10 holds AccessShare on relation orders
        10 holds RowExclusive on relation orders
        11 holds AccessShare on relation orders
        11 holds Exclusive on relation items
        20 awaits Share on relation orders`),
    ).toEqual(['10 RowExclusiveLock relation orders'])
  })

  it('is told of the leader for its workers, and of 0 for prepared transactions', () => {
    expect(
      dump(`
        31 works for 30
        31 holds AccessShare on relation orders
        prepared -1/7 holds RowShare on relation orders
        prepared -1/8 holds RowShare on relation orders
        20 awaits AccessExclusive on relation orders`),
    ).toEqual(['30 AccessShareLock relation orders', '0 RowShareLock relation orders'])
  })

  it('is nothing of the waiter’s own group', () => {
    expect(
      dump(`
        31 works for 30
        30 holds AccessShare on relation orders
        31 awaits AccessExclusive on relation orders`),
    ).toEqual([])
  })
})
