import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { BenchRow } from './bench-row.ts'
import type { LogMeasure } from './read-log-child.ts'

/** Read by Node itself: the loader of benches wraps every imported name, which reading byte by byte would feel. */
const child = fileURLToPath(new URL('read-log-child.ts', import.meta.url))

type Format = 'stderr' | 'csvlog' | 'jsonlog'

const lineGoal = 1_000_000
const budgetLinesPerSecond = 150_000

interface Said {
  readonly severity: string
  readonly message: string
  readonly detail?: string
  readonly statement?: string
}

const treeText = `Query Text: select o.id, c.name from orders o join customers c on c.id = o.customer_id where o.total > 312
Hash Join  (cost=12.25..812.40 rows=4200 width=44) (actual time=0.211..9.870 rows=4180 loops=1)
  Hash Cond: (o.customer_id = c.id)
  Buffers: shared hit=212 read=48
  ->  Seq Scan on orders o  (cost=0.00..734.00 rows=4200 width=16) (actual time=0.012..6.513 rows=4180 loops=1)
        Filter: (total > '312'::numeric)
        Rows Removed by Filter: 25820
  ->  Hash  (cost=8.00..8.00 rows=340 width=36) (actual time=0.101..0.102 rows=340 loops=1)
        Buckets: 1024  Batches: 1  Memory Usage: 31kB
        ->  Seq Scan on customers c  (cost=0.00..8.00 rows=340 width=36) (actual time=0.004..0.051 rows=340 loops=1)`

/** What a busy server says: mostly short durations, some with parameters, now and then an error or a plan. */
function say(at: number): Said {
  const ms = ((at * 7919) % 100_000) / 1_000
  if (at % 100 === 17) return { severity: 'LOG', message: `duration: ${ms} ms  plan:\n${treeText}` }
  if (at % 40 === 3) {
    return {
      severity: 'ERROR',
      message: 'duplicate key value violates unique constraint "orders_pkey"',
      detail: `Key (id)=(${at}) already exists.`,
      statement: `insert into orders (id, customer_id, total) values (${at}, ${at % 340}, 12.5)`,
    }
  }
  if (at % 3 === 0) {
    return {
      severity: 'LOG',
      message: `duration: ${ms} ms  execute <unnamed>: select * from orders where customer_id = $1 and note <> 'größer'`,
      detail: `parameters: $1 = '${at % 340}'`,
    }
  }
  return {
    severity: 'LOG',
    message: `duration: ${ms} ms  statement: update orders set total = ${at % 997}, note = 'n${at % 13}' where id in (${at}, ${at + 1}, ${at + 2})`,
  }
}

const quoted = (text: string | undefined): string =>
  text === undefined ? '' : `"${text.replaceAll('"', '""')}"`

function write(format: Format, at: number): string {
  const { severity, message, detail, statement } = say(at)
  const time = `2026-11-20 ${String(10 + Math.floor(at / 200_000)).padStart(2, '0')}:${String(Math.floor(at / 3_600) % 60).padStart(2, '0')}:${String(Math.floor(at / 60) % 60).padStart(2, '0')}.${String(at % 1_000).padStart(3, '0')} UTC`
  const pid = 4_000 + (at % 50)
  const session = `6b007e79.${pid.toString(16)}`
  if (format === 'stderr') {
    const prefix = `${time} [${pid}] app@shop `
    const tabbed = (text: string): string => text.replaceAll('\n', '\n\t')
    const part = (word: string, text: string | undefined): string =>
      text === undefined ? '' : `${prefix}${word}:  ${tabbed(text)}\n`
    return part(severity, message) + part('DETAIL', detail) + part('STATEMENT', statement)
  }
  if (format === 'csvlog') {
    return `${time},"app","shop",${pid},"10.0.0.7:51234",${session},${at},"SELECT",${time},3/${at},0,${severity},00000,${quoted(message)},${quoted(detail)},,,,,${quoted(statement)},,,"billing","client backend",,${at * 31}\n`
  }
  return `${JSON.stringify({ timestamp: time, user: 'app', dbname: 'shop', pid, remote_host: '10.0.0.7', remote_port: 51_234, session_id: session, line_num: at, ps: 'SELECT', session_start: time, vxid: `3/${at}`, txid: 0, error_severity: severity, state_code: '00000', message, detail, statement, application_name: 'billing', backend_type: 'client backend', query_id: at * 31 })}\n`
}

/** A log of a million lines, some 100 to 400 MB. */
async function makeLog(folder: string, format: Format): Promise<string> {
  const path = join(folder, `server.${format}`)
  const stream = createWriteStream(path, { highWaterMark: 1 << 20 })
  let lines = 0
  let text = ''
  for (let at = 0; lines < lineGoal; at += 1) {
    const record = write(format, at)
    for (let feed = record.indexOf('\n'); feed !== -1; feed = record.indexOf('\n', feed + 1)) lines += 1
    text += record
    if (text.length < 1 << 20) continue
    if (!stream.write(text)) await once(stream, 'drain')
    text = ''
  }
  stream.end(text)
  await finished(stream)
  return path
}

/** Reads a log and groups its statements, as the log panel and `barograph log` do. */
export async function bench(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'barograph-bench-logs-'))
  const rows: BenchRow[] = []
  let residentMiB = 0
  try {
    for (const format of ['stderr', 'csvlog', 'jsonlog'] as const) {
      const path = await makeLog(folder, format)
      const { size } = await stat(path)
      const { stdout } = await promisify(execFile)(process.execPath, [child, path])
      const { lines, entries, groups, tookMs, residentBytes } = JSON.parse(stdout) as LogMeasure
      const linesPerSecond = (lines / tookMs) * 1_000
      residentMiB = Math.max(residentMiB, residentBytes / 2 ** 20)
      rows.push({
        area: 'logs',
        what: `read and group ${Math.round(lines / 1_000)} thousand lines of ${format} (${Math.round(size / 1e6)} MB, ${entries} entries, ${groups} groups)`,
        figure: `${Math.round(linesPerSecond / 1_000)},000 lines/s, ${Math.round(size / 1e3 / tookMs)} MB/s`,
        budget: '150,000 lines/s',
        holds: linesPerSecond >= budgetLinesPerSecond,
      })
      await rm(path)
    }
    rows.push({
      area: 'logs',
      what: 'resident memory while reading, at most',
      figure: `${Math.round(residentMiB)} MiB`,
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return rows
}
