import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { LogEntry } from '#shared/logs/index.ts'
import { readLog } from './log-notation.ts'

/** Logs by others, beside the checkout; not part of the project. */
const folder = new URL('../../../../../shared/corpora/logs/', import.meta.url)
const isPresent = existsSync(folder)
const read = (file: string) => readLog(readFileSync(new URL(file, folder)))

/** What all three formats tell of an entry. */
const tell = ({
  timeMs,
  pid,
  user,
  database,
  severity,
  message,
  detail,
  hint,
  context,
  statement,
  event,
}: LogEntry) =>
  JSON.stringify([timeMs, pid, user, database, severity, message, detail, hint, context, statement, event])

describe.skipIf(!isPresent)(`logs by others${isPresent ? '' : ': skipped, corpora not present'}`, () => {
  it('tell the same in stderr, csvlog and jsonlog, as far as they overlap', () => {
    const logs = ['pg15.stderr.log', 'pg15.csvlog.csv', 'pg15.jsonlog.json'].map(read)
    expect(logs.map(({ reader }) => reader.format())).toEqual(['stderr', 'csvlog', 'jsonlog'])
    const shortest = Math.min(...logs.map(({ entries }) => entries.length))
    // The last entry of each may have been cut with its file.
    const [stderr, csv, json] = logs.map(({ entries }) =>
      entries
        .slice(0, shortest - 1)
        .map(tell)
        .toSorted(),
    )
    expect(shortest).toBeGreaterThan(1_000)
    expect(csv).toEqual(json)
    expect(stderr).toEqual(csv)
  })

  it('are the same however they are cut', () => {
    const bytes = readFileSync(new URL('pg15.stderr.log', folder))
    const whole = readLog(bytes).entries
    const cuts = Array.from({ length: bytes.length / 997 }, (_, at) => at * 997)
    expect(readLog(bytes, { cuts }).entries).toEqual(whole)
  })
})
