import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTarget } from '#main/targets/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'

function complaintAbout(text: string): string {
  try {
    parseTarget(text)
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'INPUT_INVALID') {
      return `${error.message} ${error.advice}`
    }
    throw error
  }
  throw new Error('it was accepted')
}

describe('a connection URL', () => {
  it.each([
    ['postgres://', {}],
    ['postgresql://localhost', { host: 'localhost' }],
    ['postgresql://localhost:5433', { host: 'localhost', port: 5433 }],
    ['postgresql://localhost/shop', { host: 'localhost', database: 'shop' }],
    ['postgresql://ada@localhost', { host: 'localhost', user: 'ada' }],
    [
      'POSTGRES://ada@db.example.org:6543/shop',
      { host: 'db.example.org', port: 6543, user: 'ada', database: 'shop' },
    ],
    [
      'postgresql:///shop?host=/var/run/postgresql&port=5434',
      { host: '/var/run/postgresql', port: 5434, database: 'shop' },
    ],
    ['postgresql://%2Fvar%2Flib%2Fsockets/shop', { host: '/var/lib/sockets', database: 'shop' }],
    ['postgresql://[2001:db8::1]:5433/shop', { host: '2001:db8::1', port: 5433, database: 'shop' }],
    ['postgresql://[::1]/', { host: '::1' }],
    ['jdbc:postgresql://h:5433/shop?user=ada', { host: 'h', port: 5433, user: 'ada', database: 'shop' }],
    ['postgresql://h/d%20b?user=a%40b', { host: 'h', database: 'd b', user: 'a@b' }],
    [
      'postgresql://h/d?sslmode=verify-full&sslrootcert=/etc/ca.pem&connect_timeout=3',
      {
        host: 'h',
        database: 'd',
        sslMode: 'verify-full',
        sslRootCert: '/etc/ca.pem',
        connectTimeoutMs: 3_000,
      },
    ],
    ['postgresql://h/d?ssl=true', { host: 'h', database: 'd', sslMode: 'require' }],
    ['postgresql://?service=shop', { service: 'shop' }],
    ['postgresql://h?hostaddr=', { host: 'h' }],
    ['postgresql://?hostaddr=10.0.0.1', { host: '10.0.0.1' }],
    ['postgresql://h?application_name=x&channel_binding=require&pgbouncer=true', { host: 'h' }],
  ])('%s says what libpq reads in it', (url, settings) => {
    expect(parseTarget(url)).toEqual({ settings })
  })

  it('answers a password apart, decoded', () => {
    expect(parseTarget('postgresql://ada:p%40ss%2Fword%25@h/d')).toEqual({
      settings: { host: 'h', user: 'ada', database: 'd' },
      password: 'p@ss/word%',
    })
    expect(parseTarget('postgresql://h/d?user=ada&password=s3cret')).toEqual({
      settings: { host: 'h', user: 'ada', database: 'd' },
      password: 's3cret',
    })
  })

  it('takes an @ that was left plain in a password', () => {
    expect(parseTarget('postgres://ada:p@ss@h/d')).toEqual({
      settings: { host: 'h', user: 'ada', database: 'd' },
      password: 'p@ss',
    })
  })

  it('reads back every user, password, host and database that was written percent-encoded', () => {
    const text = string({ minLength: 1, unit: 'grapheme' }).filter((value) => !value.includes('\0'))
    assert(
      property(text, text, text, (user, password, database) => {
        const url = `postgresql://${[user, password].map(encodeURIComponent).join(':')}@h:5/${encodeURIComponent(database)}`
        expect(parseTarget(url)).toEqual({ settings: { user, host: 'h', port: 5, database }, password })
      }),
    )
  })

  it.each([
    ['postgresql://ada:top/secret@h/d', '%2F'],
    ['postgresql://ada:topsecret@h:99999/d', 'port'],
    ['postgresql://ada:topsecret@one,two/d', 'Several hosts'],
    ['postgresql://ada:top%secret@h/d', '%25'],
    ['postgresql://ada:top?secret@h/d', 'parameter'],
    ['postgresql://ada:top?secret=@h/d', '%3F'],
    ['postgresql://ada@h/d?sslmode=topsecret', 'sslmode'],
    ['postgresql://ada@h/d?colour=topsecret', '“colour”'],
    ['postgresql://ada@h/d?sslcert=/topsecret', 'pg_service.conf'],
    ['postgresql://ada@[::1/topsecret', ']'],
    ['postgresql://ada:%00topsecret@h', '%25'],
    ['mysql://ada:topsecret@h/shop', 'begin with postgresql://'],
    ['jdbc:mysql://h/shop?password=topsecret', 'begin with postgresql://'],
    ['https://ada:topsecret@h', 'begin with postgresql://'],
  ])('%s is refused in words that hold no secret', (url, word) => {
    const complaint = complaintAbout(url)
    expect(complaint).toContain(word)
    expect(complaint).not.toContain('secret')
  })
})

describe('a keyword=value string', () => {
  it.each([
    [
      'host=localhost port=5433 dbname=shop user=ada',
      { host: 'localhost', port: 5433, database: 'shop', user: 'ada' },
    ],
    ["  host = 'my host'   dbname='it\\'s'  ", { host: 'my host', database: "it's" }],
    ['dbname=a\\ b\\\\c', { database: 'a b\\c' }],
    ["user='' host=h", { host: 'h' }],
    ['host=/tmp sslmode=disable', { host: '/tmp', sslMode: 'disable' }],
    ['connect_timeout=0', { connectTimeoutMs: 120_000 }],
    ['connect_timeout=1', { connectTimeoutMs: 2_000 }],
    ['', {}],
  ])('%s says what libpq reads in it', (text, settings) => {
    expect(parseTarget(text)).toEqual({ settings })
  })

  it('answers a password apart', () => {
    expect(parseTarget("password='a b\\'c' user=ada")).toEqual({
      settings: { user: 'ada' },
      password: "a b'c",
    })
  })

  it.each([
    "password='topsecret",
    'topsecret',
    'host=h password=top secret',
    "password='a'secret",
    'password=top secret=x',
    'sslmode=secret',
  ])('%s is refused in words that hold no secret', (text) => {
    expect(complaintAbout(text)).not.toContain('secret')
  })
})
