import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  codePointToOffset,
  countParameters,
  cutText,
  describeStatement,
  scanToken,
  splitStatements,
} from '#shared/statements/index.ts'

const split = (sql: string): readonly string[] =>
  splitStatements(sql).map(({ start, end }) => sql.slice(start, end))

describe('splitting', () => {
  it.each<readonly [string, string, readonly string[]]>([
    [
      'at semicolons, without blanks, comments and empty statements',
      ' ; select 1 ; -- no\n;select 2',
      ['select 1', 'select 2'],
    ],
    [
      'not in strings',
      `select ';', 'a'';', E'\\';', $$;$$, $x$ $$; $x$; b`,
      [`select ';', 'a'';', E'\\';', $$;$$, $x$ $$; $x$`, 'b'],
    ],
    ['not in quoted names', 'select ";"";"; b', ['select ";"";"', 'b']],
    ['not in nested comments', 'select /* ; /* ; */ ; */ 1; b', ['select /* ; /* ; */ ; */ 1', 'b']],
    ['not in comments of a line', 'select 1 -- ; no\n, 2; b', ['select 1 -- ; no\n, 2', 'b']],
    [
      'not in a body between BEGIN ATOMIC and END',
      'create function f() returns int begin atomic select 1; select case when a then b end; end; select 2',
      [
        'create function f() returns int begin atomic select 1; select case when a then b end; end',
        'select 2',
      ],
    ],
    [
      'not in the brackets of a rule',
      'create or replace rule r as on insert to t do (select 1; select 2); select 3',
      ['create or replace rule r as on insert to t do (select 1; select 2)', 'select 3'],
    ],
    ['behind a bracket that nobody closed', 'select (1; select 2', ['select (1', 'select 2']],
    [
      'names with dollars and words before quotes',
      'select a$1$b, x$$; select 1',
      ['select a$1$b, x$$', 'select 1'],
    ],
    ['a string that goes on after a line break', `select e'a'\n '\\';'; b`, [`select e'a'\n '\\';'`, 'b']],
    ['an open quote takes the rest', `select 'a; b`, [`select 'a; b`]],
    [
      'and keeps a hint with its statement',
      '/* no */ select 1; /*+ SeqScan(a) */ select 2',
      ['select 1', '/*+ SeqScan(a) */ select 2'],
    ],
  ])('%s', (_title, sql, expected) => expect(split(sql)).toEqual(expected))

  const fragment = fc.constantFrom(
    ...'\' " $$ $a$ ; -- /* */ select begin atomic end create function ( ) e \\ 😀 $1 .'.split(' '),
    ' ',
    '\n',
  )
  const soup = fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join(''))

  it('gives spans in order that hold all there is but blanks, comments and semicolons', () => {
    fc.assert(
      fc.property(soup, (sql) => {
        const spans = splitStatements(sql)
        let last = 0
        for (const { start, end } of spans) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        const inside = (at: number): boolean => spans.some(({ start, end }) => at >= start && at < end)
        for (let token = scanToken(sql, 0); token !== undefined; token = scanToken(sql, token.end)) {
          expect(inside(token.start) || token.text === ';').toBe(true)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('finds whole statements again, joined by semicolons', () => {
    const statement = fc.constantFrom(
      'select 1',
      `insert into t values (';')`,
      'select $$;$$',
      'with a as (select 1) table a',
      'select "a;"',
    )
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 10 }), (statements) => {
        expect(split(statements.join(' ;\n'))).toEqual(statements)
        expect(split(`${statements.join(';')};`)).toEqual(statements)
      }),
    )
  })

  it('reads long texts in good time', () => {
    const long = `select '${'x'.repeat(20_000_000)}'; select ${'1, '.repeat(200_000)} 1`
    const from = performance.now()
    expect(splitStatements(long)).toHaveLength(2)
    expect(performance.now() - from).toBeLessThan(3_000)
  })
})

describe('the nature of a statement', () => {
  const nature = (sql: string): string => {
    const { kind, writes, outsideTransaction, refusal, explainable } = describeStatement(sql)
    return [
      kind,
      writes ? 'writes' : '',
      outsideTransaction === undefined ? '' : 'outside',
      refusal === undefined ? '' : 'refused',
      explainable ? 'explainable' : '',
    ]
      .filter((word) => word !== '')
      .join(' · ')
  }

  it.each([
    ['select 1', 'SELECT · explainable'],
    ['(select 1) union select 2', 'SELECT · explainable'],
    // Nobody's command: the server is to say so, not we.
    ['selec 1', 'SELEC · writes · explainable'],
    ['values (1)', 'VALUES · explainable'],
    ['table t', 'TABLE · explainable'],
    ['select * from t for update', 'SELECT · explainable'],
    ['select a into b from c', 'SELECT · writes · explainable'],
    ['with a as (select 1) select * from a', 'SELECT · explainable'],
    ['with a as (select 1) insert into b select * from a', 'INSERT · writes · explainable'],
    [
      'with a as not materialized (delete from b returning *) select * from a',
      'SELECT · writes · explainable',
    ],
    [
      'with recursive a(x) as (with c as (update d set e = 1 returning *) table c) select 1',
      'SELECT · writes · explainable',
    ],
    ['select "update" from t where x in (select 1)', 'SELECT · explainable'],
    [`merge into a using b on c when matched then delete`, 'MERGE · writes · explainable'],
    ['create table a as select 1', 'CREATE TABLE · writes · explainable'],
    ['create table a (b int generated always as (c) stored)', 'CREATE TABLE · writes'],
    ['create view v as select 1', 'CREATE VIEW · writes'],
    ['refresh materialized view concurrently v', 'REFRESH MATERIALIZED VIEW · writes · explainable'],
    ['create unique index i on t (a)', 'CREATE INDEX · writes'],
    ['create index concurrently i on t (a)', 'CREATE INDEX · writes · outside'],
    ['drop index concurrently i', 'DROP INDEX · writes · outside'],
    ['reindex (verbose, concurrently) table t', 'REINDEX · writes · outside'],
    ['reindex table concurrently t', 'REINDEX · writes · outside'],
    ['reindex schema s', 'REINDEX · writes · outside'],
    ['reindex table t', 'REINDEX · writes'],
    ['vacuum (analyze) t', 'VACUUM · writes · outside'],
    ['analyze t', 'ANALYZE · writes'],
    ['cluster', 'CLUSTER · writes · outside'],
    ['cluster verbose', 'CLUSTER · writes · outside'],
    ['cluster t using i', 'CLUSTER · writes'],
    ['create database d', 'CREATE DATABASE · writes · outside'],
    ['alter database d set tablespace x', 'ALTER DATABASE · writes · outside'],
    ['alter database d set work_mem = 1', 'ALTER DATABASE · writes'],
    ['alter system set work_mem = 1', 'ALTER SYSTEM · writes · outside'],
    ['alter table t detach partition p concurrently', 'ALTER TABLE · writes · outside'],
    ['create subscription s connection $$ $$ publication p', 'CREATE SUBSCRIPTION · writes · outside'],
    ['alter subscription s refresh publication', 'ALTER SUBSCRIPTION · writes · outside'],
    ['alter subscription s disable', 'ALTER SUBSCRIPTION · writes'],
    [`alter type a add value 'b'`, 'ALTER TYPE · writes'],
    ['discard all', 'DISCARD · writes · outside'],
    ['explain select 1', 'EXPLAIN'],
    ['explain analyze select 1', 'EXPLAIN'],
    ['explain delete from t', 'EXPLAIN'],
    ['explain analyze verbose delete from t', 'EXPLAIN · writes'],
    [
      'explain (costs off, analyze) with a as (insert into b values (1) returning *) table a',
      'EXPLAIN · writes',
    ],
    ['show all', 'SHOW'],
    ['set work_mem = 1', 'SET · writes'],
    ['call p()', 'CALL · writes'],
    ['do $$ begin end $$', 'DO · writes'],
    ['execute q(1)', 'EXECUTE · writes · explainable'],
    ['declare c cursor for select 1', 'DECLARE · explainable'],
    ['begin', 'BEGIN · writes · refused'],
    ['end', 'END · writes · refused'],
    ['Release savepoint x', 'RELEASE · writes · refused'],
    [`prepare transaction 'x'`, 'PREPARE · writes · refused'],
    ['prepare q as select 1', 'PREPARE · writes'],
    ['copy t from stdin', 'COPY · writes · refused'],
    ['copy t (a, "from") to stdout with csv', 'COPY · refused'],
    [`copy (select 1) to '/tmp/x'`, 'COPY'],
    [`copy t from '/tmp/x'`, 'COPY · writes'],
    ['select 1 frm where (', 'SELECT · explainable'],
    ['', ''],
  ])('%s', (sql, expected) => expect(nature(sql)).toBe(expected))

  it('counts parameters by the highest number, outside of strings and comments', () => {
    expect(countParameters(`select $2, $10, '$11', "$12", $$ $13 $$, a$14 -- $15`)).toBe(10)
    expect(countParameters('select 1')).toBe(0)
  })
})

describe('offsets', () => {
  it('follow characters, not bytes or halves', () => {
    const sql = `select '😀é' frm`
    expect(sql.slice(codePointToOffset(sql, 12))).toBe('frm')
    expect(codePointToOffset('ab', 9)).toBe(2)
    expect([cutText('a😀b', 2), cutText('a😀b', 3), cutText('ab', 9)]).toEqual(['a', 'a😀', 'ab'])
  })
})
