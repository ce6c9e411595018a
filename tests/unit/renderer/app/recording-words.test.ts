import { describe, expect, it } from 'vitest'
import { formatStopwatch } from '#renderer/app/format-moment.ts'
import { recordingFacts, recordingLine, whyNotRecording } from '#renderer/app/recording-words.ts'
import type { ObserverCost, RecordingState } from '#shared/session/index.ts'

const cost: ObserverCost = {
  hz: 10,
  actualHz: 10,
  lagP95Ms: 6,
  coreShare: 0.003,
  coreShareFrom: 'schedstat',
  recordedBytes: 41 * 1_024 * 1_024,
  skippedTicks: 0,
}
const on = (changes: Partial<ObserverCost> = {}): RecordingState => ({
  status: 'on',
  ordinal: 1,
  startedAtMs: 0,
  cost: { ...cost, ...changes },
  limits: [],
})

describe('words on recording', () => {
  it('say how fast, how far behind, at what cost, and how much was written', () => {
    expect(recordingLine(on(), 0)).toBe('10 Hz · lag 6 ms · observer 0.3 % of a core · 0 gaps · 41 MiB')
    expect(recordingLine(on(), 1)).toContain('1 gap ·')
  })

  it('say when it is slower than asked for', () => {
    expect(recordingLine(on({ actualHz: 5, slowedBecause: 'watching took 1.4 %' }), 0)).toMatch(
      /^5 of 10 Hz · slowed down · lag/,
    )
    expect(recordingLine(on({ slowedBecause: 'watching took 1.4 %' }), 0)).toMatch(/^10 Hz · slowed down/)
  })

  it('leave out what was not measured yet', () => {
    const { lagP95Ms: _lag, coreShare: _share, ...rest } = cost
    const state: RecordingState = { status: 'on', ordinal: 1, startedAtMs: 0, cost: rest, limits: [] }
    expect(recordingLine(state, 0)).toBe('10 Hz · 0 gaps · 41 MiB')
    expect(recordingFacts(state, 0).map(({ value }) => value)).toContain('not measured yet')
  })

  it('say what is wrong before any figure', () => {
    expect(recordingLine({ status: 'off' }, 0)).toBe('not recording')
    expect(recordingLine({ status: 'waiting', ordinal: 1, startedAtMs: 0, since: 5 }, 0)).toBe(
      'recording waits for the server',
    )
    expect(recordingLine({ ...on(), problem: 'The disk is full.' }, 0)).toBe('recording can’t be written')
  })

  it('say why nothing can be recorded, and what to do', () => {
    expect(whyNotRecording({ isConnected: true, isReadOnly: false })).toBeUndefined()
    expect(whyNotRecording({ isConnected: false, isReadOnly: false })).toMatch(/^No server is connected/)
    expect(whyNotRecording({ isConnected: true, isReadOnly: true })).toMatch(/only be read/)
  })

  it('count like a stopwatch', () => {
    expect(formatStopwatch((12 * 60 + 33) * 1_000 + 999)).toBe('00:12:33')
  })
})
