import { expect, it } from 'vitest'
import { createLastingWaits } from '#main/collectors/locks/lasting-waits.ts'
import type { BackendSample } from '#shared/activity/index.ts'

const waiter = (pid: number, statementStartedAtMs: number): BackendSample => ({
  pid,
  startedAtMs: 0,
  backendType: 'client backend',
  state: 'active',
  waitClass: 'Lock',
  statementStartedAtMs,
})
const tick = (...backends: readonly BackendSample[]) => ({ atMs: 0, periodMs: 100, backends })

it('a wait lasts once it is seen twice within one statement', () => {
  const isLasting = createLastingWaits()
  expect(isLasting(tick(waiter(1, 10), waiter(2, 11)))).toBe(false)
  // Others wait, and the same process in its next statement.
  const busy = tick(waiter(3, 12), waiter(1, 90))
  expect([isLasting(busy), isLasting(busy)]).toEqual([false, false])
  const blocked = tick(waiter(3, 12), waiter(2, 95))
  expect([isLasting(blocked), isLasting(blocked)]).toEqual([true, true])
  expect(isLasting(tick({ ...waiter(3, 12), waitClass: 'CPU' }))).toBe(false)
  expect(isLasting(undefined)).toBe(false)
})
