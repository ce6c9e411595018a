import { describe, expect, it } from 'vitest'
import { parseBackend } from '#main/targets/backends/parse.ts'

/** A row of the list, where nothing is told but what is given. */
function row(changes: Readonly<Record<number, string>>): readonly (string | null)[] {
  return Array.from({ length: 19 }, (_, column) => changes[column] ?? null)
}

describe('a process of the list', () => {
  it('is at work where it has no state, as the server’s own have none', () => {
    const checkpointer = parseBackend(
      row({ 0: '7', 2: 'checkpointer', 9: 'Timeout', 10: 'CheckpointWriteDelay' }),
    )
    expect(checkpointer).toMatchObject({ state: 'active', waitClass: 'Timeout' })
  })

  it('is hidden, neither at work nor waiting, where the role may not see what it does', () => {
    const hidden = parseBackend(row({ 0: '7', 3: 'shop', 4: 'ada', 15: '<insufficient privilege>' }))
    expect(hidden).toEqual({
      pid: 7,
      startedAtMs: 0,
      backendType: 'unknown',
      database: 'shop',
      user: 'ada',
      state: 'hidden',
      waitClass: 'Activity',
    })
  })
})
