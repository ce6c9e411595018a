/** In Node, in workers and in every browser, but in no type library that pure code may name. */
declare const TextDecoder: new (
  label: string,
  options: { readonly ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string }
declare const TextEncoder: new () => { encode(text: string): Uint8Array }

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

export const feed = 10
export const carriage = 13
export const tab = 9
export const space = 32
export const quote = 34
export const comma = 44
export const zero = 48
export const colon = 58
export const backslash = 92

/** Bytes as text; what is no UTF-8 becomes U+FFFD. */
export function decode(bytes: Uint8Array, start: number, end: number): string {
  return start >= end ? '' : decoder.decode(bytes.subarray(start, end))
}

export function encode(text: string): Uint8Array {
  return encoder.encode(text)
}

export function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0
}

/** The first place that holds a byte, or -1. `indexOf` has no end: where there is none, it looks through all that follows. */
export function findByte(bytes: Uint8Array, byte: number, from: number, end: number): number {
  for (let at = from; at < end; at += 1) if (bytes[at] === byte) return at
  return -1
}

export function isDigit(byte: number): boolean {
  return byte >= zero && byte <= 57
}

export function isLetter(byte: number): boolean {
  const lower = byte | 32
  return lower >= 97 && lower <= 122
}

/** The first place that holds no digit. */
export function skipDigits(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && isDigit(byteAt(bytes, at))) at += 1
  return at
}

/** Digits as a number; nothing there gives `undefined`. */
export function readInteger(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (start >= end) return undefined
  let value = 0
  for (let at = start; at < end; at += 1) {
    const digit = byteAt(bytes, at) - zero
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return value
}

export function startsWith(bytes: Uint8Array, at: number, end: number, expected: Uint8Array): boolean {
  if (at + expected.length > end) return false
  for (let index = 0; index < expected.length; index += 1) {
    if (bytes[at + index] !== expected[index]) return false
  }
  return true
}

/** Texts that come again and again (users, databases): decoded once. Forgets all when it holds too many. */
export function createInterner(limit = 4_096): (bytes: Uint8Array, start: number, end: number) => string {
  let known = new Map<number, { readonly bytes: Uint8Array; readonly text: string }>()
  return (bytes, start, end) => {
    if (start >= end) return ''
    let hash = end - start
    for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + byteAt(bytes, at)) | 0
    const found = known.get(hash)
    if (
      found !== undefined &&
      found.bytes.length === end - start &&
      startsWith(bytes, start, end, found.bytes)
    )
      return found.text
    const text = decode(bytes, start, end)
    if (known.size >= limit) known = new Map()
    known.set(hash, { bytes: bytes.slice(start, end), text })
    return text
  }
}
