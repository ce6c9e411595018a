import { describe, expect, it } from 'vitest'
import { describePast } from '#renderer/app/past-words.ts'
import { sampleRecording } from '#tests/support/sample-activity.ts'

const at = (day: number, hour: number, minute: number) => new Date(2026, 10, day, hour, minute).getTime()
const nowMs = at(27, 20, 0)

const recording = (startedAtMs: number, endedAtMs: number | undefined, name = 'demo') =>
  sampleRecording(startedAtMs, endedAtMs, { name, serverVersion: '18.4 (Debian 18.4-1)' })

describe('words on a session that has come to its end', () => {
  it('say of which server it is, and when it was', () => {
    expect(describePast([recording(at(27, 18, 29), at(27, 18, 45))], 0, nowMs)).toEqual({
      title: 'A recording of demo',
      text: 'PostgreSQL 18.4 · shop · 18:29 – 18:45 (16 min)',
    })
  })

  it('say the day where it is not today', () => {
    const text = (fromMs: number, toMs: number) => describePast([recording(fromMs, toMs)], 0, nowMs)?.text
    expect(text(at(26, 18, 29), at(26, 18, 45))).toContain('26 Nov, 18:29 – 18:45')
    expect(text(at(26, 23, 50), at(27, 0, 10))).toContain('26 Nov, 23:50 – today, 00:10')
  })

  it('take the last sample for the end of one that never ended, and name each server once', () => {
    const several = [
      recording(at(27, 10, 0), at(27, 11, 0), 'prod'),
      recording(at(27, 12, 0), at(27, 12, 30)),
      recording(at(27, 13, 0), undefined, 'prod'),
    ]
    expect(describePast(several, at(27, 13, 20), nowMs)).toEqual({
      title: '3 recordings of prod, demo',
      text: '10:00 – 13:20 (3 h 20 min)',
    })
  })

  it('are none where nothing was recorded', () => {
    expect(describePast([], 0, nowMs)).toBeUndefined()
  })
})
