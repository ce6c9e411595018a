import { fingerprintStatement, type StatementFingerprint } from './fingerprint.ts'

const [apostrophe, doubleQuote, dollar, dash, slash, star, lineFeed] = [39, 34, 36, 45, 47, 42, 10] as const
const underscore = 95
const mostShapes = 4_000

function isNameUnit(unit: number): boolean {
  const lower = unit | 32
  return (
    (lower >= 97 && lower <= 122) ||
    (unit >= 48 && unit <= 57) ||
    unit === underscore ||
    unit === dollar ||
    unit >= 128
  )
}

const isDigitUnit = (unit: number): boolean => unit >= 48 && unit <= 57

/**
 * `fingerprintStatement` for millions of statements: one that differs from an earlier one by its literals, numbers or
 * comments alone is not folded again. Remembers some thousand shapes.
 *
 * Statements are told apart by 53 bits over everything but their values: enough that two of a log's thousands of
 * shapes are never taken for one.
 */
export function createFingerprinter(): (sql: string) => StatementFingerprint {
  let known = new Map<number, StatementFingerprint>()
  return (sql) => {
    const key = hashShape(sql)
    if (key === undefined) return fingerprintStatement(sql)
    const found = known.get(key)
    if (found !== undefined) return found
    const fingerprint = fingerprintStatement(sql)
    if (known.size >= mostShapes) known = new Map()
    known.set(key, fingerprint)
    return fingerprint
  }
}

/** A hash of all but values and comments; undefined where telling those apart needs the scanner. */
function hashShape(sql: string): number | undefined {
  let high = 0x811c9dc5
  let low = 0x9e3779b9
  let isInName = false
  for (let at = 0; at < sql.length; at += 1) {
    let unit = sql.charCodeAt(at)
    if (unit === apostrophe) {
      at = stringEnd(sql, at)
      isInName = false
    } else if (unit === doubleQuote) {
      const close = sql.indexOf('"', at + 1)
      if (close === -1) return undefined
      for (; at < close; at += 1) {
        const inner = sql.charCodeAt(at)
        high = Math.imul(high ^ inner, 0x01000193)
        low = Math.imul(low ^ inner, 0x85ebca6b) ^ (low >>> 13)
      }
      isInName = false
    } else if (!isInName && isDigitUnit(unit)) {
      while (at + 1 < sql.length && isNumberUnit(sql.charCodeAt(at + 1))) at += 1
      unit = 48
    } else if (!isInName && unit === dollar) {
      if (!isDigitUnit(sql.charCodeAt(at + 1))) return undefined
      while (isDigitUnit(sql.charCodeAt(at + 1))) at += 1
    } else if (unit === dash && sql.charCodeAt(at + 1) === dash) {
      const close = sql.indexOf('\n', at)
      // Only the end of a line tells what a comment takes.
      if (sql.indexOf('\r', at) !== -1) return undefined
      at = close === -1 ? sql.length : close
      unit = lineFeed
      isInName = false
    } else if (unit === slash && sql.charCodeAt(at + 1) === star) {
      const close = sql.indexOf('*/', at + 2)
      if (close === -1 || sql.slice(at + 2, close).includes('/*')) return undefined
      at = close + 1
      unit = slash
      isInName = false
    } else isInName = isNameUnit(unit)
    high = Math.imul(high ^ unit, 0x01000193)
    low = Math.imul(low ^ unit, 0x85ebca6b) ^ (low >>> 13)
  }
  return (high >>> 0) * 2_097_152 + (low >>> 11)
}

function isNumberUnit(unit: number): boolean {
  return (isNameUnit(unit) && unit < 128 && unit !== dollar) || unit === 46
}

/** The closing quote of a string; backslashes count in `E'…'` alone. */
function stringEnd(sql: string, start: number): number {
  const isEscaped =
    (sql.charCodeAt(start - 1) | 32) === 101 && !(start > 1 && isNameUnit(sql.charCodeAt(start - 2)))
  if (!isEscaped) {
    const close = sql.indexOf("'", start + 1)
    return close === -1 ? sql.length : close
  }
  for (let at = start + 1; at < sql.length; at += 1) {
    const unit = sql.charCodeAt(at)
    if (unit === 92) at += 1
    else if (unit === apostrophe) return at
  }
  return sql.length
}
