import type { LogFormat } from '../log-entry.ts'
import { decode } from './bytes.ts'
import { isDrainLine, isPayloadLine } from './cloud-wrapping.ts'
import { findKeyword } from './keywords.ts'
import { severityWords } from './languages.ts'
import { hasSyslogHeader } from './syslog-header.ts'

/** So many bytes decide; a log says in its first lines what it is. */
export const detectionBytes = 65_536
const mostLines = 2_000

const csvStart =
  /^"?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: [^,\s]+|[+-][\d:]+)"?,(?:"(?:[^"]|"")*"|[^",]*),(?:"(?:[^"]|"")*"|[^",]*),\d*,/
const jsonStart = /^\s*\{.*"(?:timestamp|error_severity|line_num)"\s*:/
const timed = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\d{10}\.\d{3}/

/**
 * Which format a log's first bytes are in, by what most of its first lines look like; `undefined` if none of them
 * looks like a server's log.
 */
export function detectLogFormat(bytes: Uint8Array): LogFormat | undefined {
  const votes: Record<LogFormat, number> = { stderr: 0, syslog: 0, csvlog: 0, jsonlog: 0 }
  const end = Math.min(bytes.length, detectionBytes)
  let timedLines = 0
  let start = 0
  for (let lines = 0; start < end && lines < mostLines; lines += 1) {
    const found = bytes.indexOf(10, start)
    const close = found === -1 || found > end ? end : found
    // Long lines are told by their beginning.
    const line = decode(bytes, start, Math.min(close, start + 2_000))
    if (isPayloadLine(line) || isDrainLine(line)) {
      votes.stderr += 1
      timedLines += 1
    } else if (csvStart.test(line)) votes.csvlog += 1
    else if (jsonStart.test(line)) votes.jsonlog += 1
    else if (findKeyword(bytes, start, close) !== -1) {
      if (hasSyslogHeader(line)) votes.syslog += 1
      else votes.stderr += 1
      if (timed.test(line.slice(0, 200))) timedLines += 1
    }
    start = close + 1
  }
  const ranked = (['csvlog', 'jsonlog', 'syslog', 'stderr'] as const).toSorted((a, b) => votes[b] - votes[a])
  const [best] = ranked
  if (best === undefined || votes[best] === 0) return undefined
  // A statement or a plan may hold such a word; a prefix without any time is rare, but then it begins the line.
  if (best === 'stderr' && timedLines === 0 && !beginsWithKeyword(bytes, end)) return undefined
  return best
}

const bareStart = new RegExp(
  `^(?:\\[\\d+\\] )?(?:${Object.values(severityWords).flat().join('|')})[ \\u00A0]?: {2}\\S`,
  'm',
)

/** Some line among the first ones begins with a severity itself (`log_line_prefix` empty), or with `[pid]`. */
function beginsWithKeyword(bytes: Uint8Array, end: number): boolean {
  return bareStart.test(decode(bytes, 0, Math.min(end, 20_000)))
}
