import { describe, expect, it } from 'vitest'
import { listUnrecorded } from '#renderer/state/unrecorded.ts'
import { sampleRecording as recording } from '#tests/support/sample-activity.ts'

describe('time that nobody recorded', () => {
  it('lies before, between and after stretches of recording', () => {
    const two = [recording(10_000, 20_000), recording(60_000, 70_000)]
    expect(listUnrecorded(two, true)).toEqual([
      { toMs: 10_000 },
      { fromMs: 20_000, toMs: 60_000 },
      { fromMs: 70_000 },
    ])
  })

  it('ends where recording goes on, and is not made of moments between two servers', () => {
    expect(listUnrecorded([recording(10_000, 20_000), recording(20_400)], false)).toEqual([{ toMs: 10_000 }])
  })

  it('is unknown after a stretch that a crash ended, and where nothing was recorded', () => {
    expect(listUnrecorded([recording(10_000), recording(60_000)], false)).toEqual([{ toMs: 10_000 }])
    expect(listUnrecorded([], true)).toEqual([])
  })
})
