import type { RawValue } from '../raw.ts'

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** An unquoted word as JSON would have it: a number, a flag, or the text itself. Integers that would lose digits stay text. */
export function toScalar(word: string): RawValue {
  if (word === 'true') return true
  if (word === 'false') return false
  if (word.length > 400 || !number.test(word)) return word
  const value = Number(word)
  if (!Number.isFinite(value)) return word
  return Number.isInteger(value) && !Number.isSafeInteger(value) && !/[.eE]/.test(word) ? word : value
}

/** Gives an object a key; lists of a key said twice are joined, as in JSON (servers before 13 say `Workers` twice). */
export function assignKey(object: Record<string, RawValue>, key: string, value: RawValue): void {
  const earlier = Object.hasOwn(object, key) ? object[key] : undefined
  const joined =
    Array.isArray(earlier) && Array.isArray(value)
      ? [...(earlier as readonly RawValue[]), ...(value as readonly RawValue[])]
      : value
  if (key === '__proto__') {
    Object.defineProperty(object, key, {
      value: joined,
      enumerable: true,
      writable: true,
      configurable: true,
    })
  } else object[key] = joined
}
