import { describe, expect, it } from 'vitest'
import { NotAState, readState } from '#main/hosts/cli/locks/read-state.ts'

const read = (value: unknown) => readState(JSON.stringify(value))

describe('a state of locks', () => {
  it('is read from the columns of pg_locks and pg_stat_activity', () => {
    const state = read({
      t: 1_795_194_490.25,
      locks: [
        {
          locktype: 'tuple',
          database: 5,
          relation: 16_384,
          page: 0,
          tuple: 2,
          virtualxid: null,
          transactionid: null,
          classid: null,
          objid: null,
          objsubid: null,
          virtualtransaction: '3/7',
          pid: 4_711,
          mode: 'ExclusiveLock',
          granted: false,
          fastpath: false,
          waitstart: '2026-11-20 17:08:09.141256+01',
        },
      ],
      activity: [
        {
          pid: 4_711,
          leader_pid: null,
          application_name: 'shop',
          state: 'active',
          backend_type: 'client backend',
          query: 'select 1',
          query_start: '2026-11-20T16:08:09Z',
          xact_start: 1_795_190_889,
        },
      ],
    })
    expect(state).toEqual({
      atMs: 1_795_194_490_250,
      locks: [
        {
          lockType: 'tuple',
          database: 5,
          relationOid: 16_384,
          page: 0,
          tuple: 2,
          virtualTransaction: '3/7',
          pid: 4_711,
          mode: 'ExclusiveLock',
          granted: false,
          fastPath: false,
          waitStartedAtMs: Date.UTC(2026, 10, 20, 16, 8, 9) + 141.256,
        },
      ],
      activity: [
        {
          pid: 4_711,
          application: 'shop',
          state: 'active',
          backendType: 'client backend',
          statement: 'select 1',
          statementStartedAtMs: Date.UTC(2026, 10, 20, 16, 8, 9),
          transactionStartedAtMs: 1_795_190_889_000,
        },
      ],
    })
  })

  it('is read from short names, with numbers as text', () => {
    const [lock] = read({
      locks: [
        { pid: '7', type: 'advisory', mode: 'ShareLock', granted: 't', classid: '0', objid: '3', vt: '4/5' },
      ],
    }).locks
    expect(lock).toEqual({
      pid: 7,
      lockType: 'advisory',
      mode: 'ShareLock',
      granted: true,
      classId: 0,
      objId: 3,
      virtualTransaction: '4/5',
    })
  })

  it('takes a relation by OID, by name, or by both', () => {
    const row = { pid: 1, type: 'relation', mode: 'ShareLock', granted: true }
    const { locks } = read({
      locks: [
        { ...row, relation: '16384' },
        { ...row, rel: 'orders' },
        { ...row, relation: 16_384, rel: 'orders' },
      ],
    })
    expect(locks.map(({ relationOid, relation }) => [relationOid, relation])).toEqual([
      [16_384, undefined],
      [undefined, 'orders'],
      [16_384, 'orders'],
    ])
  })

  it('takes null for no rows, as json_agg() tells them', () => {
    expect(read({ locks: null, activity: null })).toEqual({ locks: [], activity: [] })
  })

  it('knows a prepared transaction by its missing pid', () => {
    const row = { type: 'relation', mode: 'ShareLock', granted: true, vt: '-1/700' }
    const { locks } = read({
      locks: [
        { ...row, pid: null },
        { ...row, pid: 0 },
      ],
    })
    expect(locks.map((lock) => 'pid' in lock)).toEqual([false, false])
  })

  it.each([
    ['[]', 'It is no object'],
    ['{"locks":', 'It is no JSON'],
    ['{"activity":[]}', 'It has no list “locks”'],
    ['{"locks":[],"activity":{}}', 'Its “activity” is no list'],
    ['{"locks":[7]}', 'Lock 1 is no object'],
    ['{"locks":[{"pid":1,"mode":"ShareLock","granted":true}]}', 'Lock 1 has no type'],
    ['{"locks":[{"pid":1,"type":"page","mode":"Share","granted":true}]}', 'Lock 1 has no mode that is known'],
    ['{"locks":[{"pid":1,"type":"page","mode":"ShareLock"}]}', 'Lock 1 does not say whether it is granted'],
    ['{"locks":[{"type":"page","mode":"ShareLock","granted":false}]}', 'Lock 1 is awaited by no process'],
  ])('is not made of %s', (text, message) => {
    expect(() => readState(text)).toThrow(new NotAState(message))
  })
})
