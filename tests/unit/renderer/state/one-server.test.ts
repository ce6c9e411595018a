import { describe, expect, it } from 'vitest'
import { bucketsOfPart, hasSeveralServers, partOfOneServer, targetAt } from '#renderer/state/one-server.ts'
import type { Recording } from '#shared/session/index.ts'
import { sampleRecording } from '#tests/support/sample-activity.ts'

const recording = (host: string, startedAtMs: number, endedAtMs?: number, port = 5432): Recording =>
  sampleRecording(startedAtMs, endedAtMs, {
    name: `${host} ${port}`,
    host,
    port,
    database: `db of ${startedAtMs}`,
  })

describe('the part of a range that is of one server', () => {
  const session = [
    recording('old', 0, 100_000),
    recording('new', 101_000, 150_000),
    recording('new', 160_000),
  ]
  const partOf = (fromMs: number, toMs: number, recordings: readonly Recording[] = session) => {
    const { range, target, before } = partOfOneServer({ fromMs, toMs }, recordings)
    return { fromMs: range.fromMs, toMs: range.toMs, of: target?.host, before: before?.host }
  }

  it('begins with the recording of the server at its end, whichever database was looked at', () => {
    expect(partOf(50_000, 200_000)).toEqual({ fromMs: 101_000, toMs: 200_000, of: 'new', before: 'old' })
    expect(partOf(50_000, 105_000)).toEqual({ fromMs: 101_000, toMs: 105_000, of: 'new', before: 'old' })
  })

  it('is all of it where no other server was recorded', () => {
    expect(partOf(120_000, 200_000)).toEqual({ fromMs: 120_000, toMs: 200_000, of: 'new', before: undefined })
    expect(partOf(10_000, 60_000)).toEqual({ fromMs: 10_000, toMs: 60_000, of: 'old', before: undefined })
    expect(partOf(10_000, 60_000, [])).toEqual({
      fromMs: 10_000,
      toMs: 60_000,
      of: undefined,
      before: undefined,
    })
  })

  it('tells of no other server whose time the range only comes near to', () => {
    expect(partOf(100_500, 200_000)).toMatchObject({ fromMs: 101_000, before: undefined })
  })

  it('tells servers of one machine apart by their ports', () => {
    const two = [recording('one', 0, 50_000, 5432), recording('one', 60_000, undefined, 5433)]
    expect(partOf(0, 90_000, two)).toMatchObject({ fromMs: 60_000, before: 'one' })
  })

  it('has slices as wide as those of the whole range', () => {
    const whole = { fromMs: 0, toMs: 100_000 }
    expect(bucketsOfPart(500, { fromMs: 80_000, toMs: 100_000 }, whole)).toBe(100)
    expect(bucketsOfPart(500, whole, whole)).toBe(500)
    expect(bucketsOfPart(500, { fromMs: 99_999, toMs: 100_000 }, whole)).toBe(1)
  })

  it('is told apart by moment where there are several servers, and needs no telling where there is one', () => {
    expect(targetAt(99_000, session)?.host).toBe('old')
    expect(targetAt(155_000, session)?.host).toBe('new')
    expect(targetAt(-1, session)).toBeUndefined()
    expect(hasSeveralServers(session)).toBe(true)
    expect(hasSeveralServers(session.slice(1))).toBe(false)
  })
})
