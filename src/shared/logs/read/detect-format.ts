import type { LogFormat } from '../log-entry.ts'
import { decode } from './bytes.ts'
import { isDrainLine, isPayloadLine } from './cloud-wrapping.ts'
import { findKeyword, keywordAt } from './keywords.ts'
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
  let untimed = 0
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
    else {
      const keyword = findKeyword(bytes, start, close)
      if (keyword !== -1) {
        if (hasSyslogHeader(line)) votes.syslog += 1
        else votes.stderr += 1
        if (timed.test(line.slice(0, 200))) timedLines += 1
        else if (isOfServer(bytes, start, keyword, close)) untimed += saysDuration.test(line) ? enough : 1
      }
    }
    start = close + 1
  }
  const ranked = (['csvlog', 'jsonlog', 'syslog', 'stderr'] as const).toSorted((a, b) => votes[b] - votes[a])
  const [best] = ranked
  if (best === undefined || votes[best] === 0) return undefined
  // A statement or a plan may hold such a word. A prefix without any time is rare: it begins the line, or several.
  const isSure = timedLines > 0 || untimed >= enough || beginsWithKeyword(bytes, end)
  return best === 'stderr' && !isSure ? undefined : best
}

/** So many lines with a prefix without a time are no sentence that quotes one. */
const enough = 2
const saysDuration = /: {2}duration: \d/
/** A session or a process: something that nobody writes in front of an example. psql names the file that it runs. */
const untimedPrefix = /^(?!psql:)[^\t"'`]{0,120}[^\t"'`\p{L}\p{N}]$/u
const ofServerAlone: ReadonlySet<string> = new Set(['LOG', 'FATAL', 'PANIC', 'STATEMENT'])

/** Whether this is a line that only a server writes, behind a prefix without a time: `app@shop [42] LOG:  duration: …`. */
function isOfServer(bytes: Uint8Array, start: number, keyword: number, end: number): boolean {
  const found = keywordAt(bytes, keyword, end)
  if (found === undefined || !ofServerAlone.has(found.word)) return false
  const prefix = decode(bytes, start, keyword)
  if (!untimedPrefix.test(prefix) || !/[\p{L}\p{N}]/u.test(prefix)) return false
  return decode(bytes, keyword + found.bytes.length, Math.min(end, keyword + found.bytes.length + 2)) === '  '
}

const bareStart = new RegExp(
  `^(?:\\[\\d+\\] )?(?:${Object.values(severityWords).flat().join('|')})[ \\u00A0]?: {2}\\S`,
  'm',
)

/** Some line among the first ones begins with a severity itself (`log_line_prefix` empty), or with `[pid]`. */
function beginsWithKeyword(bytes: Uint8Array, end: number): boolean {
  return bareStart.test(decode(bytes, 0, Math.min(end, 20_000)))
}
