import { decode, encode } from './bytes.ts'
import { drainWrapping, isDrainLine, isPayloadLine, payloadWrapping } from './cloud-wrapping.ts'
import type { Wrapping } from './freed-line.ts'

const named = /^[\w.-]+ +\| ?/
/** Labels may stand before what tells the wrapping. */
const lookedAt = 4_000
const dockerStart = '{"log":"'

/** How a log's lines are wrapped, told by its first one; undefined for plain lines. */
export function detectWrapping(bytes: Uint8Array, start: number, end: number): Wrapping | undefined {
  const beginning = decode(bytes, start, Math.min(end, start + lookedAt))
  if (beginning.startsWith(dockerStart)) return dockerWrapping()
  if (isPayloadLine(beginning)) return payloadWrapping()
  if (isDrainLine(beginning)) return drainWrapping()
  return named.test(beginning) ? nameWrapping() : undefined
}

/** `docker compose logs`: the container's name, padded, and a bar. */
function nameWrapping(): Wrapping {
  return {
    free: (bytes, start, end) => {
      const found = named.exec(decode(bytes, start, Math.min(end, start + 100)))
      return { bytes, start: start + (found?.[0].length ?? 0), end }
    },
  }
}

/** Docker's json-file driver: a line an object, a long line in several. */
function dockerWrapping(): Wrapping {
  let begun = ''
  return {
    free: (bytes, start, end) => {
      const text = logOf(decode(bytes, start, end))
      if (text === undefined) return { bytes, start, end }
      begun += text
      if (!begun.endsWith('\n')) return undefined
      const freed = encode(begun.replace(/\r?\n$/, ''))
      begun = ''
      return { bytes: freed, start: 0, end: freed.length }
    },
  }
}

function logOf(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || !('log' in value)) return undefined
    return typeof value.log === 'string' ? value.log : undefined
  } catch {
    return undefined
  }
}
