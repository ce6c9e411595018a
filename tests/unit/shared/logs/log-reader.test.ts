import { array, assert, nat, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLogReader, type LogFormat } from '#shared/logs/index.ts'
import { readLog, type Said, writeCsv, writeJson, writers, writeStderr } from './log-notation.ts'

const formats = ['stderr', 'csvlog', 'jsonlog'] as const

const plan = `Query Text: select *
	from "größe" -- ä
  where a = $1
Seq Scan on "größe"  (cost=0.00..35.50 rows=10 width=4) (actual time=0.010..0.011 rows=1 loops=1)
  Filter: (a = 1)`

const session = { user: 'app', database: 'shop', application: 'billing' } as const
const saids: readonly Said[] = [
  { message: 'database system is ready to accept connections' },
  { ...session, message: "duration: 12.345 ms  statement: select 1,\n  'a \"b\"', E'\\\\n'" },
  { ...session, message: `duration: 0.123 ms  plan:\n${plan}`, context: 'SQL statement "x"\nPL/pgSQL f' },
  {
    ...session,
    pid: 5,
    severity: 'ERROR',
    message: 'duplicate key value violates unique constraint "a_pkey"',
    detail: 'Key (i)=(€) already exists.',
    hint: 'Try another.',
    statement: 'insert into a\nvalues (0)',
  },
  { ...session, message: 'duration: 7 ms  execute S_1: select $1', detail: 'parameters: $1 = \'x, "y"\nz\'' },
]

describe.each(formats)('a log in %s', (format) => {
  const log = saids.map((said) => writers[format](said)).join('')
  const whole = readLog(log)

  it('tells its format and gives one entry for each thing said', () => {
    expect(whole.reader.format()).toBe(format)
    expect(whole.reader.warnings()).toEqual([])
    expect(whole.entries.map(({ severity, message }) => [severity, message])).toEqual(
      saids.map(({ severity = 'LOG', message }) => [severity, message]),
    )
  })

  it('keeps time, process, session and all texts', () => {
    expect(whole.entries[3]).toMatchObject({
      timeMs: Date.UTC(2026, 10, 20, 17, 8, 9, 141),
      pid: 5,
      user: 'app',
      database: 'shop',
      severity: 'ERROR',
      detail: 'Key (i)=(€) already exists.',
      hint: 'Try another.',
      statement: 'insert into a\nvalues (0)',
      event: { kind: 'error' },
    })
    expect(whole.entries[2]?.context).toBe('SQL statement "x"\nPL/pgSQL f')
    expect(whole.entries[0]?.user).toBeUndefined()
  })

  it('recognises durations with their statement and parameters', () => {
    expect(whole.entries[1]?.event).toMatchObject({
      kind: 'duration',
      phase: 'statement',
      durationMs: 12.345,
      statement: "select 1,\n  'a \"b\"', E'\\\\n'",
    })
    expect(whole.entries[4]?.event).toMatchObject({
      kind: 'duration',
      phase: 'execute',
      durationMs: 7,
      statement: 'select $1',
      parameters: '$1 = \'x, "y"\nz\'',
    })
  })

  it('recognises plans of auto_explain', () => {
    expect(whole.entries[2]?.event).toEqual({
      kind: 'autoExplain',
      durationMs: 0.123,
      statement: 'select *\n\tfrom "größe" -- ä\n  where a = $1',
      parameters: undefined,
      planText: plan,
      planFormat: 'text',
    })
  })

  it('gives the same entries however the bytes are cut, in the middle of characters too', () => {
    const { length } = new TextEncoder().encode(log)
    for (let cut = 0; cut <= length; cut += 1) {
      expect(readLog(log, { format, cuts: [cut] }).entries).toEqual(whole.entries)
    }
    const everyByte = Array.from({ length }, (_, at) => at)
    expect(readLog(log, { format, cuts: everyByte }).entries).toEqual(whole.entries)
    assert(
      property(array(nat({ max: length }), { maxLength: 12 }), (cuts) => {
        expect(readLog(log, { cuts }).entries).toEqual(whole.entries)
      }),
      { numRuns: 50 },
    )
  })

  it('says where each entry stands, so that it can be read again alone', () => {
    const bytes = new TextEncoder().encode(log)
    for (const entry of whole.entries) {
      const part = bytes.slice(entry.offset, entry.offset + entry.length)
      const again = readLog(part, { format, startOffset: entry.offset }).entries[0]
      expect({ ...again, line: entry.line }).toEqual(entry)
    }
    const lines = log.split('\n')
    for (const { line, message } of whole.entries) expect(lines[line - 1]).toContain(message.slice(0, 8))
  })

  it('reads Windows line ends, a missing last one, and a mark of the byte order', () => {
    const windows = `\uFEFF${log.replaceAll('\n', '\r\n').slice(0, -2)}`
    const messages = readLog(windows).entries.map(({ message }) => message)
    expect(messages.slice(0, 2)).toEqual(whole.entries.slice(0, 2).map(({ message }) => message))
    expect(messages).toHaveLength(saids.length)
  })

  it('cuts an entry that is too long, says so, and reads on', () => {
    const long = { ...session, message: `duration: 1 ms  statement: ${'x'.repeat(5_000)}` }
    const log = [long, saids[3] ?? long].map((said) => writers[format](said)).join('')
    const { entries, reader } = readLog(log, { format, maxEntryBytes: 1_000 })
    expect(entries).toHaveLength(2)
    expect(entries[0]?.truncated).toBe(true)
    expect(entries[0]?.message.length).toBeLessThan(1_001)
    expect(entries[1]).toMatchObject({ severity: 'ERROR', truncated: false })
    expect(reader.warnings()).toEqual([expect.stringContaining('1 entry was too long')])
    for (const cut of [1, 700, 999, 1_000, 1_001, 1_002, 3_000, log.length - 1]) {
      expect(readLog(log, { format, maxEntryBytes: 1_000, cuts: [cut] }).entries).toEqual(entries)
    }
  })
})

describe('reading a log', () => {
  it('says nothing of a file that is no log', () => {
    for (const text of [
      '',
      'hello\nworld\n',
      'Seq Scan on a  (cost=0.00..1.00 rows=1 width=4)\n',
      '\0'.repeat(1_000),
    ]) {
      const { entries, reader } = readLog(text)
      expect(entries).toEqual([])
      expect(reader.format()).toBeUndefined()
    }
  })

  it('passes over a megabyte without a line’s end in no time', () => {
    const reader = createLogReader({ format: 'stderr', maxEntryBytes: 100_000 })
    const startedAtMs = performance.now()
    const piece = new Uint8Array(1_000).fill(120)
    for (let at = 0; at < 1_000; at += 1) reader.push(piece)
    reader.end()
    expect(performance.now() - startedAtMs).toBeLessThan(1_000)
  })

  it('reads csvlog of every version: 23, 24 and 26 columns', () => {
    for (const columns of [23, 24, 26]) {
      const { entries, reader } = readLog(writeCsv({ ...saids[3], message: 'm', queryId: '-12' }, columns))
      expect(reader.warnings()).toEqual([])
      expect(entries[0]).toMatchObject({ message: 'm', queryId: columns === 26 ? '-12' : undefined })
    }
  })

  it('finds the next record of csvlog behind one that was cut off', () => {
    const first = writeCsv({ ...session, message: 'duration: 1 ms  statement: select\n1' })
    const cut = first.slice(0, first.indexOf('select') + 3)
    const log = `${cut}\n${writeCsv({ message: 'one' })}${writeCsv({ message: 'two' })}`
    const { entries, reader } = readLog(log)
    expect(entries.map(({ message }) => message)).toEqual(['duration: 1 ms  statement: sel', 'one', 'two'])
    expect(reader.warnings()).toEqual([expect.stringContaining('cut off')])
  })

  it('reads a csvlog that begins in the middle of a record', () => {
    const log = `from t where a = 'b",,,,,,,,,"psql"\n${writeCsv({ message: 'one' })}${writeCsv({ message: 'two' })}`
    expect(readLog(log).entries.map(({ message }) => message)).toEqual(['one', 'two'])
  })

  it('takes no line inside of a text for a record of csvlog', () => {
    const inner = writeCsv({ ...session, message: 'fake' })
    const log = writeCsv({ message: `statement: select '${inner}'` }) + writeCsv({ message: 'real' })
    expect(readLog(log).entries.map(({ message }) => message)).toEqual([
      `statement: select '${inner}'`,
      'real',
    ])
  })

  it('reads what is left of a cut line of jsonlog', () => {
    const line = writeJson({ ...session, message: 'duration: 1 ms  statement: select 1' })
    const { entries, reader } = readLog(`${line}${line.slice(0, line.indexOf('statement: '))}`)
    expect(entries).toHaveLength(2)
    expect(entries[1]).toMatchObject({ truncated: true, severity: 'LOG', message: 'duration: 1 ms  ' })
    expect(reader.warnings()).toEqual([expect.stringContaining('cut off')])
  })

  it('reads records that an operator of containers has wrapped', () => {
    const record = {
      log_time: '2026-11-20 17:08:09.141 UTC',
      user_name: 'app',
      database_name: 'shop',
      process_id: '42',
      error_severity: 'ERROR',
      sql_state_code: '22012',
      message: 'division by zero',
      query: 'select 1/0',
    }
    const log = `${JSON.stringify({ level: 'info', ts: 'x', logger: 'postgres', msg: 'record', record })}\n`
    expect(readLog(log).entries[0]).toMatchObject({
      timeMs: Date.UTC(2026, 10, 20, 17, 8, 9, 141),
      user: 'app',
      database: 'shop',
      pid: 42,
      sqlState: '22012',
      message: 'division by zero',
      statement: 'select 1/0',
    })
  })

  it('reads csvlog that was exported from a table', () => {
    const log =
      'log_time,user_name,database_name\n2026-11-20 17:08:09.141+00,app,shop,42,,6b00.1,1,SELECT,2026-11-20 17:00:00+00,3/4,0,LOG,00000,"duration: 1 ms  statement: select 1",,,,,,,,,psql\n'
    const { entries, reader } = readLog(log)
    expect(reader.format()).toBe('csvlog')
    expect(entries.at(-1)).toMatchObject({ user: 'app', pid: 42, event: { kind: 'duration', durationMs: 1 } })
  })

  it('reads csvlog whose columns are all in quotes, as tools write them anew', () => {
    const log = writeCsv({ ...session, message: 'duration: 1 ms  statement: select\n1' }).replace(
      /^([^,]+),/,
      '"$1",',
    )
    const { entries, reader } = readLog(`${log}${log}`)
    expect(reader.format()).toBe('csvlog')
    expect(reader.warnings()).toEqual([])
    expect(entries.map(({ event }) => event)).toMatchObject([
      { kind: 'duration', durationMs: 1 },
      { kind: 'duration', durationMs: 1 },
    ])
  })

  it('reads what Cloud SQL hands out, whoever tells the time', () => {
    const wrapped = (textPayload: string): string =>
      `${JSON.stringify({
        insertId: 'a',
        resource: { labels: { database_id: 'p:shop' }, type: 'cloudsql_database' },
        textPayload,
        timestamp: '2026-11-20T17:08:09.141512Z',
      })}\n`
    const said = 'db=shop,user=app LOG:  duration: 2 ms  statement: select\n\t1'
    for (const prefix of ['[42]: [7-1] ', '2026-11-20 17:08:09.141 UTC [42]: [7-1] ']) {
      const { entries, reader } = readLog(wrapped(`${prefix}${said}`).repeat(3))
      expect(reader.warnings()).toEqual([])
      expect(entries).toHaveLength(3)
      expect(entries.at(-1)).toMatchObject({
        timeMs: Date.UTC(2026, 10, 20, 17, 8, 9, 141),
        pid: 42,
        database: 'shop',
        user: 'app',
        event: { kind: 'duration', durationMs: 2, statement: 'select\n1' },
      })
    }
  })

  it('reads what Heroku hands out, a message in several lines', () => {
    const line = (part: number, text: string): string =>
      `2026-11-20T18:08:09+01:00 app[postgres.42]: [GREEN] [7-${part}]  ${text}\n`
    const log = [
      line(1, 'sql_error_code = 40P01 ERROR:  deadlock detected'),
      line(2, 'sql_error_code = 40P01 DETAIL:  Process 42 waits'),
      line(3, '#011Process 43 waits'),
      line(4, 'sql_error_code = 40P01 STATEMENT:  update t'),
      line(5, ' set a = 1'),
    ].join('')
    const { entries } = readLog(`${log}${log}`)
    expect(entries).toHaveLength(2)
    expect(entries[0]).toMatchObject({
      timeMs: Date.UTC(2026, 10, 20, 17, 8, 9),
      pid: 42,
      severity: 'ERROR',
      message: 'deadlock detected',
      detail: 'Process 42 waits\nProcess 43 waits',
      statement: 'update t\n set a = 1',
    })
  })

  it('is not slowed down by lines that are made to be hard', () => {
    const hard = [
      '2026-11-20 17:08:09.141 UTC [77] psql app@shop [local] LOG:  m\n',
      `2026-11-20 17:08:09.141 UTC [77] ${'a@b '.repeat(140)}\n`.repeat(200),
      ...Array.from({ length: 500 }, (_, at) => `${'x('.repeat(200)}${at} ERROR:  n\n`),
      `{"error_severity":"LOG","record":${'{"record":'.repeat(100_000)}\n`,
    ]
    const startedAtMs = performance.now()
    for (const format of formats) readLog(hard.join(''), { format })
    expect(performance.now() - startedAtMs).toBeLessThan(3_000)
  })

  it('is not slowed down by lines without a colon, however many', () => {
    const text = `${'some text (without any) '.repeat(2)}\n`.repeat(60_000)
    const startedAtMs = performance.now()
    for (const format of [undefined, 'stderr', 'syslog'] as const)
      expect(readLog(text, format === undefined ? {} : { format }).entries).toEqual([])
    expect(performance.now() - startedAtMs).toBeLessThan(1_500)
  })

  it('keeps every digit of a query id', () => {
    const queryId = '-6542831470436728241'
    expect(readLog(writeJson({ message: 'm', queryId })).entries[0]?.queryId).toBe(queryId)
    expect(readLog(writeCsv({ message: 'm', queryId })).entries[0]?.queryId).toBe(queryId)
  })

  it('gives lines to the process that said them, where processes interleave', () => {
    const one = writeStderr({
      ...session,
      pid: 1,
      severity: 'ERROR',
      message: 'a',
      statement: 'select 1',
    }).split('\n')
    const two = writeStderr({
      ...session,
      pid: 2,
      severity: 'ERROR',
      message: 'b',
      statement: 'select 2',
    }).split('\n')
    const log = [one[0], two[0], one[1], two[1], ''].join('\n')
    expect(readLog(log).entries.map(({ pid, message, statement }) => [pid, message, statement])).toEqual([
      [1, 'a', 'select 1'],
      [2, 'b', 'select 2'],
    ])
  })

  it('takes a line with a severity inside of a text for what it is', () => {
    const log = writeStderr({ message: 'duration: 1 ms  statement: select\nERROR:  no\n\tLOG:  neither' })
    const { entries } = readLog(log)
    expect(entries.map(({ message }) => message)).toEqual([
      'duration: 1 ms  statement: select\nERROR:  no\n\tLOG:  neither',
    ])
  })

  it.each<readonly [LogFormat, string]>([
    ['jsonlog', '{"error_severity":"LOG","message":"m","extra":{"a":[1,"}"]},"pid":3}\n'],
  ])('passes over what it does not know in %s', (_format, line) => {
    expect(readLog(line).entries[0]).toMatchObject({ message: 'm', pid: 3 })
  })
})
