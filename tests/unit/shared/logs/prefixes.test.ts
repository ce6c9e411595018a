import { describe, expect, it } from 'vitest'
import { refuseLinePrefix } from '#shared/logs/index.ts'
import { readLog, writeStderr } from './log-notation.ts'

const session = { user: 'app', database: 'shop', application: 'psql', pid: 77 } as const

const prefixes: readonly (readonly [prefix: string, user: boolean])[] = [
  ['%m [%p] ', false],
  ['%m [%p] %q%u@%d ', true],
  ['%m [%p] %q%a %u@%d %h ', true],
  ['%t [%p]: user=%u,db=%d ', true],
  ['%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ', true],
  ['%m [%p]: [%l-1] db=%d,user=%u ', true],
  ['%t:%r:%u@%d:[%p]:', true],
  ['%t-%c-', false],
  ['< %m > ', false],
  ['%n [%p] ', false],
  ['[%m] [%p] [%u@%d] ', true],
  ['%m|%p|user=%u|db=%d|app=%a|%v|%e|', true],
  ['pid=%p user=%u database=%d time=%m ', true],
  ['%m [%p] [user=%u,db=%d,app=%a,client=%h,vxid=%v,txid=%x,qid=%Q] ', true],
]

describe('a prefix that nobody told', () => {
  it.each(prefixes)('is made out: %s', (prefix, hasUser) => {
    const log = ['one', 'two']
      .map((message) =>
        writeStderr({ ...session, severity: 'ERROR', message, statement: 'select 1' }, prefix),
      )
      .join('')
    const { entries, reader } = readLog(log)
    expect(reader.warnings()).toEqual([])
    expect(entries.map(({ message, statement }) => [message, statement])).toEqual([
      ['one', 'select 1'],
      ['two', 'select 1'],
    ])
    expect(entries[0]?.timeMs).toBe(Date.UTC(2026, 10, 20, 17, 8, 9, /%[mn]/.test(prefix) ? 141 : 0))
    expect(entries[0]?.pid).toBe(prefix.includes('%p') ? 77 : undefined)
    expect(entries[0]?.user).toBe(hasUser ? 'app' : undefined)
    expect(entries[0]?.database).toBe(hasUser ? 'shop' : undefined)
  })

  it('may be none', () => {
    const log = 'LOG:  starting\nERROR:  no\nSTATEMENT:  select\n\t1\n'
    expect(readLog(log).entries.map(({ message, statement }) => [message, statement])).toEqual([
      ['starting', undefined],
      ['no', 'select\n1'],
    ])
  })

  it('changes between processes with a session and without', () => {
    const log = [
      writeStderr({ message: 'checkpoint starting: time', pid: 9 }, '%m [%p] '),
      writeStderr({ ...session, message: 'm', application: 'a b: c' }, '%m [%p] %a %u@%d %h '),
      writeStderr({ message: 'checkpoint complete: x', pid: 9 }, '%m [%p] '),
    ].join('')
    expect(readLog(log).entries.map(({ pid, user, event }) => [pid, user, event.kind])).toEqual([
      [9, undefined, 'checkpoint'],
      [77, 'app', 'other'],
      [9, undefined, 'checkpoint'],
    ])
  })

  it('is taken as told, where it is told', () => {
    const log = writeStderr({ ...session, message: 'm' }, '%u %d %m ')
    const { entries } = readLog(log, { format: 'stderr', linePrefix: '%u %d %m ' })
    expect(entries[0]).toMatchObject({ user: 'app', database: 'shop', message: 'm' })
  })

  it.each([
    ['UTC', 0],
    ['CET', 60],
    ['EST', -300],
    ['+0530', 330],
    ['-03', -180],
    ['+05:45', 345],
  ])('has times in the zone %s', (zone, minutes) => {
    const log = writeStderr({ ...session, message: 'm', time: `2026-11-20 17:08:09.141 ${zone}` }, '%m [%p] ')
    expect(readLog(log).entries[0]?.timeMs).toBe(Date.UTC(2026, 10, 20, 17, 8, 9, 141) - minutes * 60_000)
  })

  it('says when a time zone is unknown', () => {
    const log = writeStderr({ ...session, message: 'm', time: '2026-11-20 17:08:09.141 QQT' }, '%m [%p] ')
    expect(readLog(log).reader.warnings()).toEqual([expect.stringContaining('“QQT”')])
  })

  it('leaves lines of start scripts before the log alone', () => {
    const log = `The files belonging to this system\nWARNING:  enabling trust\n${writeStderr({ ...session, message: 'm' })}`
    const { entries } = readLog(log)
    expect(entries.at(-1)).toMatchObject({ message: 'm', user: 'app', pid: 77 })
  })
})

describe('words of a prefix that do not tell what they are', () => {
  const hello = (prefix: string, user: string, database: string) =>
    writeStderr(
      { user, database, pid: 77, message: `connection authorized: user=${user} database=${database}` },
      prefix,
    )

  it.each(['%m [%p] %u %d ', '[%m] [%p] [%a] [%d] [%u] ', '<%n %p %u/%d> ', '%u %d %m: '])(
    'are told by what a session says of itself: %s',
    (prefix) => {
      const log =
        hello(prefix, 'postgres', 'postgres') +
        hello(prefix, 'app', 'shop') +
        writeStderr({ user: 'ann', database: 'books', message: 'duration: 1.0 ms' }, prefix)
      const { entries } = readLog(log)
      expect(entries.map(({ user, database }) => [user, database])).toEqual([
        [undefined, undefined],
        ['app', 'shop'],
        ['ann', 'books'],
      ])
    },
  )

  it('stay unknown where nothing tells', () => {
    const [entry] = readLog(writeStderr({ ...session, message: 'm' }, '%m [%p] %u %d ')).entries
    expect([entry?.user, entry?.database]).toEqual([undefined, undefined])
  })
})

it('goes on where the server was given a prefix without time', () => {
  const log =
    writeStderr({ ...session, message: 'one' }, '%m [%p] %u@%d ') +
    writeStderr({ ...session, message: 'two' }, 'db=%d user=%u ') +
    writeStderr({ ...session, message: 'three' }, 'db=%d user=%u ')
  expect(readLog(log).entries.map(({ message, user }) => [message, user])).toEqual([
    ['one', 'app'],
    ['two', 'app'],
    ['three', 'app'],
  ])
})

describe('syslog', () => {
  const header = 'Nov 20 17:08:09 db1 postgres[77]: '
  it('gives the server’s own lines, whose tabs it spells out', () => {
    const log = [
      `${header}[5-1] 2026-11-20 17:08:09.141 UTC [77] app@shop LOG:  duration: 5 ms  statement: select`,
      `${header}[5-2] #011  1`,
      `Nov 20 17:08:09 db1 postgres[78]: [9-1] 2026-11-20 17:08:09.200 UTC [78] app@shop LOG:  other`,
      `${header}[6-1] 2026-11-20 17:08:09.300 UTC [77] app@shop ERROR:  no`,
      `${header}[6-2] 2026-11-20 17:08:09.300 UTC [77] app@shop STATEMENT:  x`,
      '',
    ].join('\n')
    const { entries, reader } = readLog(log)
    expect(reader.format()).toBe('syslog')
    expect(entries.map(({ pid, message, statement }) => [pid, message, statement])).toEqual([
      [77, 'duration: 5 ms  statement: select\n  1', undefined],
      [78, 'other', undefined],
      [77, 'no', 'x'],
    ])
    expect(entries[0]?.timeMs).toBe(Date.UTC(2026, 10, 20, 17, 8, 9, 141))
  })

  it('joins a long line that was sent in pieces', () => {
    const log = [
      `${header}[5-1] LOG:  duration: 5 ms  statement: select`,
      `${header}[5-2]  1`,
      `${header}[5-3] #011from t`,
      '',
    ].join('\n')
    expect(readLog(log).entries[0]?.message).toBe('duration: 5 ms  statement: select 1\nfrom t')
  })
})

describe('a log out of a container', () => {
  const plain = [
    writeStderr({
      ...session,
      message: 'duration: 5 ms  plan:\nQuery Text: select\n 1\nResult  (cost=0.00..0.01 rows=1 width=4)',
    }),
    writeStderr({ ...session, severity: 'ERROR', message: 'no', statement: 'select x' }),
  ].join('')
  const lines = plain.trimEnd().split('\n')
  const expected = readLog(plain).entries.map(({ message, statement, event }) => ({
    message,
    statement,
    event,
  }))
  const tell = (log: string) =>
    readLog(log).entries.map(({ message, statement, event }) => ({ message, statement, event }))

  it('is freed of the container’s name', () => {
    expect(tell(lines.map((line) => `db-1  | ${line}\n`).join(''))).toEqual(expected)
  })

  it('is freed of the objects of JSON, of which a long line takes several', () => {
    const wrap = (log: string) =>
      `${JSON.stringify({ log, stream: 'stderr', time: '2026-11-20T17:08:09Z' })}\n`
    const parts = lines.flatMap((line) => [line.slice(0, 70), `${line.slice(70)}\n`])
    expect(tell(lines.map((line) => wrap(`${line}\n`)).join(''))).toEqual(expected)
    expect(tell(parts.map(wrap).join(''))).toEqual(expected)
  })
})

describe('names with blanks in them', () => {
  const smith = { user: 'John Smith', database: 'shop', pid: 77 } as const
  const namesOf = (log: string, linePrefix?: string) =>
    readLog(log, { linePrefix }).entries.map(({ user, database }) => [user, database])

  it.each(['%m [%p] %u@%d ', '%m [%p] %u %d ', '%m [%p] [%u] %d '])(
    'are whole where the prefix is told: %s',
    (prefix) => {
      const log = writeStderr({ ...smith, message: 'm' }, prefix)
      expect(namesOf(log, prefix)).toEqual([['John Smith', 'shop']])
    },
  )

  it('are whole once a line without blanks has shown the prefix, and later', () => {
    const say = (user: string) => writeStderr({ ...smith, user, message: 'm' }, '%m <%p> %u@%d ')
    const log = say('John Smith') + say('app') + say('John Smith') + say('app')
    expect(namesOf(log).slice(1)).toEqual([
      ['app', 'shop'],
      ['John Smith', 'shop'],
      ['app', 'shop'],
    ])
  })

  it.each(['%m <%p> %u@%d ', '%m <%p> %u %d '])('are whole behind what a session says: %s', (prefix) => {
    const log =
      writeStderr({ ...smith, message: 'connection authorized: user=John Smith database=shop' }, prefix) +
      writeStderr({ ...smith, message: 'm' }, prefix)
    expect(namesOf(log)).toEqual([
      ['John Smith', 'shop'],
      ['John Smith', 'shop'],
    ])
  })
})

describe('a log whose prefix has no time', () => {
  const said = (prefix: string) =>
    writeStderr({ ...session, message: 'duration: 5.0 ms  statement: select 1' }, prefix) +
    writeStderr({ ...session, severity: 'ERROR', message: 'no', statement: 'select x' }, prefix)

  it.each(['', '[%p] ', '%p ', '%u@%d [%p] ', 'user=%u,db=%d ', '%c %q%u@%d '])('is one: “%s”', (prefix) => {
    const { entries, reader } = readLog(said(prefix))
    expect(reader.format()).toBe('stderr')
    expect(entries.map(({ event }) => event.kind)).toEqual(['duration', 'error'])
  })

  it.each([
    'psql:load.sql:3: LOG:  duration: 5.0 ms\npsql:load.sql:4: LOG:  duration: 5.0 ms\n',
    'We saw LOG:  duration now and then.\n',
    '> LOG:  duration: 5.0 ms  statement: select 1\n',
    '-- LOG:  duration: 5.0 ms  plan:\n',
  ])('is not a text that shows such lines: %s', (text) => {
    expect(readLog(text).reader.format()).toBeUndefined()
  })
})

describe('what is no prefix', () => {
  it.each(['%m [%z] ', '%m %', '%5'])('is refused with the escape that no server knows: %s', (format) => {
    expect(refuseLinePrefix(format)).toMatch(/^A log_line_prefix /)
  })

  it.each(['', '%m [%p] %q%u@%d ', '%-10u|100%%|%b %P %L %Q '])(
    'is not one that a server takes: “%s”',
    (format) => {
      expect(refuseLinePrefix(format)).toBeUndefined()
    },
  )
})
