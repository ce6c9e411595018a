import { describe, expect, it } from 'vitest'
import { hasJustBegun } from '#renderer/state/just-begun.ts'
import type { RecordingState } from '#shared/session/index.ts'

describe('a recording', () => {
  it('has just begun for its first seconds, in which counters say nothing', () => {
    const on = { status: 'on', startedAtMs: 10_000 } as RecordingState
    expect(hasJustBegun(on, 11_000)).toBe(true)
    expect(hasJustBegun(on, 16_000)).toBe(false)
    expect(hasJustBegun({ status: 'off' }, 11_000)).toBe(false)
  })
})
