import { byteAt, colon, createInterner, isDigit, isLetter, readInteger, space, zero } from './bytes.ts'

/** Minutes east of Greenwich of the abbreviations that `log_timezone` makes; ambiguous ones by their usual meaning. */
const zoneMinutes: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  CEST: 120,
  MEZ: 60,
  MESZ: 120,
  EET: 120,
  EEST: 180,
  SAST: 120,
  MSK: 180,
  PKT: 300,
  IST: 330,
  WIB: 420,
  HKT: 480,
  SGT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  ACST: 570,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  NST: -210,
  AST: -240,
  ADT: -180,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
}

/** Reads the server's times out of bytes; keeps the last second, since most lines share it with the one before. */
export interface LogClock {
  /**
   * Reads `2026-11-20 17:08:09.141 UTC` at a place.
   * @returns where it ends, or -1; the moment is in `timeMs`
   */
  readTime(bytes: Uint8Array, at: number, end: number): number
  /** Of the last successful `readTime`. */
  readonly timeMs: () => number
  /** Abbreviations that nobody knows; their times are taken as UTC. */
  readonly unknownZones: ReadonlySet<string>
}

const plus = 43
const point = 46
const minus = 45
const letterT = 84
/** `2026-11-20 17:08:09` */
const secondLength = 19

export function createClock(): LogClock {
  const unknownZones = new Set<string>()
  const intern = createInterner(64)
  const last = new Uint8Array(secondLength)
  let lastSecondMs = 0
  let timeMs = 0

  /** The whole second at `at`, as if in UTC; `undefined` if there is none. */
  function readSecond(bytes: Uint8Array, at: number): number | undefined {
    let same = true
    for (let index = secondLength - 1; index >= 0 && same; index -= 1)
      same = bytes[at + index] === last[index]
    if (same) return lastSecondMs
    if (byteAt(bytes, at + 4) !== minus || byteAt(bytes, at + 7) !== minus) return undefined
    const middle = byteAt(bytes, at + 10)
    if (middle !== space && middle !== letterT) return undefined
    if (byteAt(bytes, at + 13) !== colon || byteAt(bytes, at + 16) !== colon) return undefined
    const year = readInteger(bytes, at, at + 4)
    const month = readInteger(bytes, at + 5, at + 7)
    const day = readInteger(bytes, at + 8, at + 10)
    const hour = readInteger(bytes, at + 11, at + 13)
    const minute = readInteger(bytes, at + 14, at + 16)
    const second = readInteger(bytes, at + 17, at + 19)
    if (year === undefined || month === undefined || day === undefined) return undefined
    if (hour === undefined || minute === undefined || second === undefined) return undefined
    last.set(bytes.subarray(at, at + secondLength))
    lastSecondMs = Date.UTC(year, month - 1, day, hour, minute, second)
    return lastSecondMs
  }

  /** `.141`: any number of digits. */
  function readFraction(bytes: Uint8Array, from: number, end: number): number {
    let at = from
    let scale = 100
    while (at < end && isDigit(byteAt(bytes, at))) {
      timeMs += (byteAt(bytes, at) - zero) * scale
      scale /= 10
      at += 1
    }
    if (scale < 0.1) timeMs = Math.round(timeMs * 1_000) / 1_000
    return at
  }

  /** `+02`, `-03:30`, `+0530`. */
  function readOffset(bytes: Uint8Array, at: number, end: number): number {
    const hours = readInteger(bytes, at + 1, at + 3)
    if (hours === undefined || at + 3 > end) return at
    const from = byteAt(bytes, at + 3) === colon ? at + 4 : at + 3
    const found = from + 2 <= end ? readInteger(bytes, from, from + 2) : undefined
    const sign = byteAt(bytes, at) === minus ? -1 : 1
    timeMs -= sign * (hours * 60 + (found ?? 0)) * 60_000
    return found === undefined ? at + 3 : from + 2
  }

  function readZone(bytes: Uint8Array, at: number, end: number): number {
    const first = byteAt(bytes, at)
    if (at < end && (first === plus || first === minus)) return readOffset(bytes, at, end)
    let close = at
    while (close < end && isLetter(byteAt(bytes, close))) close += 1
    if (close === at) return at
    const name = intern(bytes, at, close)
    const minutes = zoneMinutes[name]
    if (minutes === undefined) unknownZones.add(name)
    else timeMs -= minutes * 60_000
    return close
  }

  return {
    timeMs: () => timeMs,
    unknownZones,
    readTime: (bytes, at, end) => {
      if (at + secondLength > end || !isDigit(byteAt(bytes, at))) return -1
      const secondMs = readSecond(bytes, at)
      if (secondMs === undefined) return -1
      timeMs = secondMs
      let next = at + secondLength
      const mark = byteAt(bytes, next)
      if (next + 1 < end && mark === point && isDigit(byteAt(bytes, next + 1)))
        next = readFraction(bytes, next + 1, end)
      if (next < end && byteAt(bytes, next) === space) {
        const close = readZone(bytes, next + 1, end)
        return close === next + 1 ? next : close
      }
      return readZone(bytes, next, end)
    },
  }
}
