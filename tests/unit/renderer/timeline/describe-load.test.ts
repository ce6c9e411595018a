import { describe, expect, it } from 'vitest'
import { describeLoad } from '#renderer/timeline/describe-load.ts'

const atMs = [1_000, 2_000, 3_000].map((ms) => Date.UTC(2026, 0, 1) + ms)

describe('what the timeline says of a moment', () => {
  it('tells the time and how many were at work, all wait classes together', () => {
    const points = {
      atMs,
      values: [[1, 1.5, null] as const, [0, 0.86, null] as const].map((row) => [...row]),
    }
    expect(describeLoad(points, atMs[1] ?? 0)).toMatch(/^\d\d:\d\d:02 · 2\.36 active sessions$/)
    expect(describeLoad(points, atMs[0] ?? 0)).toMatch(/:01 · 1 active session$/)
    expect(describeLoad(points, atMs[2] ?? 0)).toMatch(/:03 · not sampled$/)
    expect(describeLoad({ atMs: [], values: [] }, atMs[2] ?? 0)).toMatch(/not sampled$/)
  })
})
