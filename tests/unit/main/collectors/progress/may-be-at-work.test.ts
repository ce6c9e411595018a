import { describe, expect, it } from 'vitest'
import { mayBeAtWork } from '#main/collectors/progress/may-be-at-work.ts'
import type { BackendSample } from '#shared/activity/index.ts'

const atMs = 1_000_000
const client: BackendSample = {
  pid: 7,
  startedAtMs: 0,
  backendType: 'client backend',
  state: 'active',
  waitClass: 'CPU',
  statementStartedAtMs: atMs - 5,
}
const mayBe = (...backends: readonly BackendSample[]) => mayBeAtWork({ atMs, periodMs: 100, backends })

describe('whether maintenance may be at work', () => {
  it('is not asked for while there are short statements alone, or transactions that rest', () => {
    expect(mayBe()).toBe(false)
    expect(mayBe(client, { ...client, state: 'idle in transaction', statementStartedAtMs: 0 })).toBe(false)
  })

  it('is asked for once a statement takes longer, and beside the server’s own workers', () => {
    expect(mayBe(client, { ...client, statementStartedAtMs: atMs - 150 })).toBe(true)
    expect(mayBe({ ...client, backendType: 'autovacuum worker' })).toBe(true)
    expect(mayBe({ ...client, backendType: 'walsender' })).toBe(true)
  })

  it('is asked for where activity is not known', () => {
    expect(mayBeAtWork(undefined)).toBe(true)
    const { statementStartedAtMs: _, ...unknown } = client
    expect(mayBe(unknown)).toBe(true)
  })
})
