import { decode, encode } from './bytes.ts'
import type { FreedLine, Wrapping } from './freed-line.ts'

/** What hosts of databases put around each line when they hand a log out. */

const payloadKey = '"textPayload":"'

/** Whether a line is an entry of Google Cloud's log: an object of JSON that holds the server's text. */
export const isPayloadLine = (line: string): boolean => line.startsWith('{') && line.includes(payloadKey)

const free = (text: string): FreedLine => {
  const bytes = encode(text)
  return { bytes, start: 0, end: bytes.length }
}

/** `2026-11-20T17:08:09.141Z` as `%m` has it; undefined for what is no time. */
function timeOf(text: unknown): string | undefined {
  const timeMs = typeof text === 'string' ? Date.parse(text) : Number.NaN
  if (Number.isNaN(timeMs)) return undefined
  return new Date(timeMs).toISOString().replace('T', ' ').replace('Z', ' UTC')
}

/** Cloud SQL: a line an object; the server's own prefix may leave the time to the entry. */
export function payloadWrapping(): Wrapping {
  return {
    free: (bytes, start, end) => {
      const { payload, timestamp } = entryOf(decode(bytes, start, end))
      if (payload === undefined) return { bytes, start, end }
      const time = /^\d{4}-/.test(payload) ? undefined : timeOf(timestamp)
      return free(time === undefined ? payload : `${time} ${payload}`)
    },
  }
}

function entryOf(line: string): { readonly payload?: string; readonly timestamp?: unknown } {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || !('textPayload' in value)) return {}
    const { textPayload: payload } = value
    if (typeof payload !== 'string') return {}
    return { payload, timestamp: 'timestamp' in value ? value.timestamp : undefined }
  } catch {
    return {}
  }
}

const drain =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*) app\[postgres\.(\d{1,9})\]: \[[\w-]+\] \[(\d{1,9})-(\d{1,9})\] ? ?/
const beginsPart = /^(?:sql_error_code = \w{5} )?[A-Z]{3,9}\d?: /

/** Whether a line came through Heroku's log drain. */
export const isDrainLine = (line: string): boolean => drain.test(line)

/** Heroku: its own time, the process, the database's colour, and the number of the message and of the line in it. */
export function drainWrapping(): Wrapping {
  return {
    free: (bytes, start, end) => {
      const line = decode(bytes, start, end)
      const found = drain.exec(line)
      const time = timeOf(found?.[1])
      if (found === null || time === undefined) return { bytes, start, end }
      const text = line.slice(found[0].length)
      const [, , pid, message, part] = found
      // A later line without a keyword goes on with the text.
      if (part !== '1' && !beginsPart.test(text)) return free(`\t${text.replace(/^(?:#011|\t)/, '')}`)
      return free(`${time} [${pid}] [${message}-${part}] ${text}`)
    },
  }
}
