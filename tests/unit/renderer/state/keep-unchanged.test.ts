import { describe, expect, it } from 'vitest'
import { keepUnchanged } from '#renderer/state/keep-unchanged.ts'

describe('news that changes only a part', () => {
  it('keeps the other parts as the very same objects', () => {
    const before = { cursor: 1, connection: { status: 'connected' }, memory: { bytes: 1 } }
    const after = keepUnchanged(before, {
      cursor: 2,
      connection: { status: 'connected' },
      memory: { bytes: 2 },
    })
    expect(after).toEqual({ cursor: 2, connection: { status: 'connected' }, memory: { bytes: 2 } })
    expect(after.connection).toBe(before.connection)
    expect(after.memory).not.toBe(before.memory)
  })

  it('drops parts that are gone', () => {
    const before: { a: number; b?: number } = { a: 1, b: 2 }
    expect(keepUnchanged(before, { a: 1 })).toEqual({ a: 1 })
  })
})
