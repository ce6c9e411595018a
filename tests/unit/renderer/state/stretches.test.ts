import { describe, expect, it } from 'vitest'
import { fromRecorded, listStretches } from '#renderer/state/stretches.ts'
import { sampleRecording as recording } from '#tests/support/sample-activity.ts'

const edgeMs = 1_000_000

describe('a range that follows', () => {
  const from = (spanMs: number, ...recorded: (readonly [number, number])[]) => {
    const stretches = recorded.map(([fromMs, toMs]) => ({ fromMs, toMs }))
    return fromRecorded({ fromMs: edgeMs - spanMs, toMs: edgeMs }, stretches).fromMs
  }

  it('begins with what was recorded, and shows ten seconds of what has just begun', () => {
    expect(from(60_000, [975_000, edgeMs])).toBe(975_000)
    expect(from(60_000, [999_000, edgeMs])).toBe(990_000)
    expect(from(60_000, [0, edgeMs])).toBe(940_000)
    expect(from(5_000, [999_000, edgeMs])).toBe(995_000)
  })

  it('leaves out the void behind what was recorded long before, not behind what has just ended', () => {
    expect(from(60_000, [0, 500_000], [970_000, edgeMs])).toBe(970_000)
    expect(from(60_000, [0, 950_000], [970_000, edgeMs])).toBe(940_000)
  })

  it('is as wide as it was asked for where nothing was recorded', () => {
    expect(from(60_000)).toBe(940_000)
  })
})

describe('the stretches of a session', () => {
  it('end where recording did, the one under way at the newest moment', () => {
    const stretches = listStretches([recording(10, 20), recording(30)], { status: 'off' }, 40)
    expect(stretches).toEqual([
      { fromMs: 10, toMs: 20 },
      { fromMs: 30, toMs: 40 },
    ])
  })

  it('have the one that has just begun, though it was not read yet', () => {
    const now = { status: 'waiting', ordinal: 2, startedAtMs: 30, since: 35 } as const
    expect(listStretches([recording(10, 20)], now, 40)).toEqual([
      { fromMs: 10, toMs: 20 },
      { fromMs: 30, toMs: 40 },
    ])
    expect(listStretches([recording(10, 20), recording(30)], now, 40)).toHaveLength(2)
  })
})
