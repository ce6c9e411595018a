import { array, assert, constantFrom, pre, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFingerprinter, fingerprintStatement, foldStatement } from '#shared/statements/index.ts'

describe('the shape of a statement', () => {
  it.each([
    ['select 1', 'select ?'],
    [
      "SELECT  *\nFROM Orders -- note\nWHERE id = 42 /* a /* b */ */ AND name = 'O''Hara';",
      'select * from orders where id = ? and name = ?',
    ],
    ["select E'a\\'b', $$x$$, $tag$ y $tag$, 1.5e3, $1, 0x1F", 'select ?, ?, ?, ?, ?, ?'],
    ['select "Id" from "T"', 'select "Id" from "T"'],
    ['select * from t where a in (1, 2, 3)', 'select * from t where a in (…)'],
    ['select * from t where a in (1)', 'select * from t where a in (…)'],
    ["select * from t where a IN ('a'::text, 'b'::text)", 'select * from t where a in (…)'],
    ['select * from t where (a, b) in ((1, 2), (3, 4))', 'select * from t where (a, b) in (…)'],
    ['select * from t where a in (select 1)', 'select * from t where a in (select ?)'],
    ['select array[1, 2], a[1]', 'select array[…], a[?]'],
    ["insert into t values (1, 'a', null), (2, 'b', default)", 'insert into t values (?, ?, ?)'],
    ['select count(*), f(1, 2) from a.b', 'select count(*), f(?, ?) from a.b'],
    ['select a - 1, -1, b*-2, (c)-3 where x=-5', 'select a - ?, ?, b * ?, (c) - ? where x = ?'],
    [
      "select a->>'b', a @> '{}', a::int[] where c is null and d = true",
      'select a ->> ?, a @> ?, a::int[] where c is null and d = ?',
    ],
    ['', ''],
    ["select 'open", 'select ?'],
  ])('%s', (sql, shape) => {
    expect(foldStatement(sql)).toBe(shape)
  })

  it('has one fingerprint, of 16 digits', () => {
    const { fingerprint } = fingerprintStatement('select 1')
    expect(fingerprint).toMatch(/^[0-9a-f]{16}$/)
    expect(fingerprintStatement('SELECT\n  $1 -- x').fingerprint).toBe(fingerprint)
    expect(fingerprintStatement('select 1, 2').fingerprint).not.toBe(fingerprint)
  })

  it('does not change with blanks and comments between the words', () => {
    const words = constantFrom(
      'select',
      'from',
      't',
      '(',
      ')',
      ',',
      '1',
      "'a'",
      '-',
      '=',
      'in',
      '$1',
      '"Q"',
      '.',
      '::',
      '[',
      ']',
      'array',
      'values',
      '--x\n',
    )
    // Over the end of a line a string goes on in the next one: there it matters what stands between.
    const isOneString = (parts: readonly string[]) => /'a' (--x\n )+'a'/.test(parts.join(' '))
    assert(
      property(array(words, { maxLength: 30 }), (parts) => {
        pre(!isOneString(parts))
        const once = foldStatement(parts.join(' '))
        expect(foldStatement(parts.join(' /* c */  '))).toBe(once)
      }),
    )
  })

  it('of a list of a hundred thousand values is short, and quickly taken', () => {
    const sql = `select * from t where id in (${Array.from({ length: 100_000 }, (_, at) => at).join(', ')})`
    const startedAtMs = performance.now()
    expect(foldStatement(sql)).toBe('select * from t where id in (…)')
    expect(performance.now() - startedAtMs).toBeLessThan(1_000)
  })

  it('tells many statements apart', () => {
    const seen = new Set(
      Array.from({ length: 20_000 }, (_, at) => fingerprintStatement(`select c${at} from t`).fingerprint),
    )
    expect(seen.size).toBe(20_000)
  })
})

describe('a fingerprinter', () => {
  it('gives the same as fingerprintStatement, whatever it was given before', () => {
    const words = constantFrom(
      'select',
      't1',
      't2',
      '(',
      ')',
      ',',
      '1',
      '22',
      '1.5e3',
      "'a'",
      "'b''c'",
      "E'a\\\\'",
      "E'a\\\\'b'",
      "E'\\\\\\\\'",
      'e',
      "'",
      '-',
      '=',
      '$1',
      '$22',
      '"Q1"',
      '"Q2"',
      '"a""b"',
      '.',
      '--x\n',
      '--y\r',
      '/* a */',
      '/* b /* c */ */',
      '$$a$$',
      '$b$x$b$',
    )
    const fingerprint = createFingerprinter()
    assert(
      property(array(words, { maxLength: 12 }), constantFrom('', ' ', '\n'), (parts, separator) => {
        const sql = parts.join(separator)
        expect(fingerprint(sql)).toEqual(fingerprintStatement(sql))
      }),
      { numRuns: 3_000 },
    )
  })
})
