import { describe, expect, it } from 'vitest'
import { createBlindLooks } from '#main/collectors/locks/blind-looks.ts'
import { createLastingWaits } from '#main/collectors/locks/lasting-waits.ts'
import { createLookTimes } from '#main/collectors/locks/look-times.ts'
import type { BackendSample } from '#shared/activity/index.ts'
import { createRandom } from '#tests/support/random.ts'

interface Wait {
  readonly pid: number
  readonly fromMs: number
  readonly toMs: number
}

interface Play {
  readonly lengthMs: number
  /** Waits of one process: so long between two of them on average. */
  readonly betweenMs: number
  readonly isReadAlong: boolean
  /** Others' states are hidden: only counting and looks tell who waits. */
  readonly isBlind?: boolean
  readonly paceMs?: number
}

const processes = 4
const spanMs = 6_000_000
/** Locks are looked at so long after activity. */
const laterMs = 5

/** Looks at processes that wait now and then, for spans around a length. @returns time told, of the time waited */
function play({ lengthMs, betweenMs, isReadAlong, isBlind = false, paceMs = 100 }: Play): number {
  const random = createRandom(7)
  const waits: Wait[] = []
  for (let pid = 1; pid <= processes; pid += 1) {
    for (let atMs = 0; atMs < spanMs; ) {
      const fromMs = atMs - betweenMs * Math.log(1 - random())
      const toMs = fromMs + lengthMs * (0.5 + random())
      waits.push({ pid, fromMs, toMs })
      atMs = toMs
    }
  }
  waits.sort((a, b) => a.fromMs - b.fromMs)
  const times = createLookTimes({ paceMs: () => paceMs, pauseMs: () => 0 })
  const blind = createBlindLooks(times)
  const seeLasting = createLastingWaits()
  let next = 0
  let open: Wait[] = []
  const waitingAt = (atMs: number): readonly Wait[] => {
    for (let wait = waits[next]; wait !== undefined && wait.fromMs <= atMs; wait = waits[next]) {
      open.push(wait)
      next += 1
    }
    open = open.filter(({ toMs }) => toMs > atMs)
    return open
  }
  let toldMs = 0
  let readMs = Number.NEGATIVE_INFINITY
  for (let tickMs = 0; tickMs < spanMs; tickMs += paceMs) {
    const backends = waitingAt(tickMs).map(
      ({ pid, fromMs }): BackendSample => ({
        pid,
        startedAtMs: 0,
        backendType: 'client backend',
        state: 'active',
        waitClass: 'Lock',
        statementStartedAtMs: fromMs,
      }),
    )
    const nowMs = tickMs + laterMs
    const waiting = waitingAt(nowMs).length
    const isCounted = nowMs - readMs >= 1_000
    if (isCounted) readMs = nowMs
    const isLasting = seeLasting({ atMs: tickMs, periodMs: paceMs, backends })
    const kind = isBlind
      ? blind.next(nowMs, isCounted)
      : times.next({ nowMs, isLasting, isSighted: backends.length > 0, isRead: isReadAlong && isCounted })
    if (kind === undefined) continue
    toldMs += times.looked(kind, nowMs) * waiting
    blind.looked(kind, nowMs, waiting > 0)
  }
  const waitedMs = waits.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
  return toldMs / waitedMs
}

describe('the time that looks at locks stand for', () => {
  it.each([
    [3, 10],
    [3, 200],
    [30, 200],
    [120, 500],
    [250, 500],
    [250, 5_000],
    [1_000, 1_000],
    [5_000, 20_000],
  ])('is the time that was waited, of waits of %i ms every %i ms', (lengthMs, betweenMs) => {
    for (const isReadAlong of [true, false]) {
      const share = play({ lengthMs, betweenMs, isReadAlong })
      expect(share).toBeGreaterThan(0.93)
      expect(share).toBeLessThan(1.07)
    }
  })

  it.each([
    [3, 10],
    [30, 200],
    [120, 500],
    [250, 500],
    [250, 5_000],
    [1_000, 1_000],
    [5_000, 20_000],
  ])('is that also where others’ states are hidden, of waits of %i ms every %i ms', (lengthMs, betweenMs) => {
    const share = play({ lengthMs, betweenMs, isReadAlong: true, isBlind: true })
    expect(share).toBeGreaterThan(0.93)
    expect(share).toBeLessThan(1.07)
  })

  it('is a tick at first, and no gap', () => {
    const times = createLookTimes({ paceMs: () => 100, pauseMs: () => 0 })
    const moment = { isLasting: false, isSighted: true, isRead: false }
    expect(times.next({ ...moment, nowMs: 0 })).toBe('sample')
    expect(times.looked('sample', 0)).toBe(100)
    expect(times.next({ ...moment, nowMs: 500 })).toBeUndefined()
    expect(times.next({ ...moment, nowMs: 60_000 })).toBe('sample')
    expect(times.looked('sample', 60_000)).toBe(3_000)
    expect(times.next({ ...moment, isLasting: true, nowMs: 60_500 })).toBe('lasting')
    expect(times.looked('lasting', 60_500)).toBe(100)
    expect(times.next({ ...moment, isLasting: true, nowMs: 70_000 })).toBe('lasting')
    expect(times.looked('lasting', 70_000)).toBe(300)
  })

  it('is looked at once more when nobody waits for long any more, and no longer than a while when nobody waits', () => {
    const times = createLookTimes({ paceMs: () => 100, pauseMs: () => 0 })
    const look = (nowMs: number, isWaiting: boolean) => {
      const kind = times.next({ nowMs, isLasting: isWaiting, isSighted: isWaiting, isRead: false })
      if (kind !== undefined) times.looked(kind, nowMs)
      return kind
    }
    expect(look(0, true)).toBe('lasting')
    expect(look(100, false)).toBe('lasting')
    expect(look(200, false)).toBe('sample')
    expect(look(1_200, false)).toBe('sample')
    expect(look(20_000, false)).toBeUndefined()
  })

  it('keeps the pause that dear looks ask for', () => {
    const times = createLookTimes({
      paceMs: () => 100,
      pauseMs: (kind) => (kind === 'lasting' ? 1_000 : 5_000),
    })
    const moment = { isLasting: true, isSighted: true, isRead: false }
    expect(times.next({ ...moment, nowMs: 0 })).toBe('lasting')
    expect(times.looked('lasting', 0)).toBe(100)
    expect(times.next({ ...moment, nowMs: 500 })).toBeUndefined()
    expect(times.next({ ...moment, nowMs: 1_000 })).toBe('lasting')
    expect(times.looked('lasting', 1_000)).toBe(1_000)
  })
})
