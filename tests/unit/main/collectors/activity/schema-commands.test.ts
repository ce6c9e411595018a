import { describe, expect, it } from 'vitest'
import { createSchemaCommands } from '#main/collectors/activity/schema-commands.ts'
import type { BackendSample } from '#shared/activity/index.ts'

const alter: BackendSample = {
  pid: 7,
  startedAtMs: 0,
  backendType: 'client backend',
  database: 'shop',
  user: 'clerk',
  state: 'active',
  waitClass: 'Lock',
  waitEvent: 'relation',
  statementStartedAtMs: 10_000,
  statement: '/* release 12 */ alter table orders\n  add column note text',
}
const label = 'alter table orders add column note text'

/** What is marked at looks a tenth of a second after `atMs`, with these backends at work. */
function watch() {
  const commands = createSchemaCommands()
  return (atMs: number, ...backends: readonly BackendSample[]) =>
    commands.see({ atMs, periodMs: 100, backends })
}

describe('commands on the schema', () => {
  it('are marked once they take long, and again with their end and the time they waited for locks', () => {
    const see = watch()
    expect(see(10_900, alter)).toEqual([])
    const begun = { kind: 'ddl', atMs: 10_000, label, facts: { process: 7, database: 'shop', user: 'clerk' } }
    expect(see(11_000, alter)).toEqual([begun])
    expect(see(11_100, alter)).toEqual([])
    // The idea of the server's clock has moved; the beginning of the span may not.
    expect(see(11_200, { ...alter, statementStartedAtMs: 10_004, waitClass: 'CPU' })).toEqual([])
    expect(see(11_300)).toEqual([
      { ...begun, endedAtMs: 11_300, facts: { ...begun.facts, 'waited for locks': '200 ms' } },
    ])
    expect(see(11_400)).toEqual([])
  })

  it('end when their session goes on with something else', () => {
    const see = watch()
    see(11_000, alter)
    const next = { ...alter, statement: 'select 1', statementStartedAtMs: 11_050 }
    expect(see(11_100, next)).toMatchObject([{ label, endedAtMs: 11_100 }])
    const idle = { ...alter, state: 'idle in transaction' }
    see(20_000, { ...alter, statementStartedAtMs: 19_000 })
    expect(see(20_100, idle)).toMatchObject([{ label, atMs: 19_000, endedAtMs: 20_100 }])
  })

  it.each([
    ['truncate orders', true],
    ['drop index concurrently orders_note', true],
    ['refresh materialized view totals', true],
    ['create or replace trigger t before insert on orders execute function f()', true],
    ['create index on orders (note)', false],
    ['create table copy as select * from orders', false],
    ['alter role clerk password $$secret$$', false],
    ['select * from alter_table', false],
    ['vacuum full orders', false],
  ])('%s: %s', (statement, isMarked) => {
    expect(watch()(30_000, { ...alter, statement })).toHaveLength(isMarked ? 1 : 0)
  })

  it('are not told where their text may not be seen', () => {
    const { statement, ...hidden } = alter
    expect(statement).toBeDefined()
    expect(watch()(30_000, hidden)).toEqual([])
  })
})
