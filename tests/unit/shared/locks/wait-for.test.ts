import { describe, expect, it } from 'vitest'
import { buildWaitForGraph, type LockRow, listBlockedProcesses, lockModes } from '#shared/locks/index.ts'
import { dumpEdges, lockState } from '../../../support/lock-states.ts'

function edgesOf(text: string): string {
  return dumpEdges(buildWaitForGraph(lockState(text)))
}

describe('hard blocks', () => {
  it('are by whoever holds a conflicting mode, and by nobody else', () => {
    expect(
      edgesOf(`
        10 holds AccessShare on relation orders
        11 holds RowExclusive on relation orders
        12 holds ShareUpdateExclusive on relation orders
        13 holds Exclusive on relation customers
        20 awaits Share on relation orders`),
    ).toBe('20 → 11 (hard), 12 (hard)')
  })

  it('follow the table of conflicts, which is symmetric', () => {
    const table = lockModes.map((held) =>
      lockModes
        .map((awaited) => {
          const short = (mode: string) => mode.replace(/Lock$/, '')
          return edgesOf(`1 holds ${short(held)} on relation t\n2 awaits ${short(awaited)} on relation t`) ===
            ''
            ? '.'
            : 'x'
        })
        .join(''),
    )
    expect(table).toEqual([
      '.......x',
      '......xx',
      '....xxxx',
      '...xxxxx',
      '..xx.xxx',
      '..xxxxxx',
      '.xxxxxxx',
      'xxxxxxxx',
    ])
  })

  it('are never by the waiter itself, whatever it holds', () => {
    expect(
      edgesOf(`
        10 holds ShareUpdateExclusive on relation t
        10 awaits AccessExclusive on relation t
        11 holds AccessShare on relation t`),
    ).toBe('10 → 11 (hard)')
  })

  it('are never by predicate locks', () => {
    expect(edgesOf('10 holds SIRead on relation t\n11 awaits AccessExclusive on relation t')).toBe('')
  })

  it('name prepared transactions as 0, once', () => {
    expect(
      edgesOf(`
        prepared -1/700 holds RowExclusive on relation t
        prepared -1/701 holds RowExclusive on relation t
        20 awaits Share on relation t`),
    ).toBe('20 → 0 (hard)')
  })
})

describe('an object', () => {
  const objects: readonly Partial<LockRow>[] = [
    { lockType: 'relation', database: 5, relationOid: 16_384 },
    { lockType: 'relation', database: 6, relationOid: 16_384 },
    { lockType: 'extend', database: 5, relationOid: 16_384 },
    { lockType: 'page', database: 5, relationOid: 16_384, page: 0 },
    { lockType: 'tuple', database: 5, relationOid: 16_384, page: 0, tuple: 1 },
    { lockType: 'tuple', database: 5, relationOid: 16_384, page: 1, tuple: 1 },
    { lockType: 'transactionid', transactionId: 5 },
    { lockType: 'spectoken', transactionId: 5, objId: 1 },
    { lockType: 'virtualxid', virtualXid: '3/5' },
    { lockType: 'frozenid', database: 5 },
    { lockType: 'object', database: 5, classId: 1259, objId: 5, objSubId: 0 },
    { lockType: 'advisory', database: 5, classId: 0, objId: 5, objSubId: 1 },
    { lockType: 'advisory', database: 5, classId: 0, objId: 5, objSubId: 2 },
    { lockType: 'applytransaction', database: 5, transactionId: 5, objId: 1, objSubId: 0 },
  ]

  it('is told from every other by all of its columns', () => {
    const mode = 'ExclusiveLock' as const
    const locks = objects.flatMap((object, at) => [
      { lockType: '', ...object, pid: 100 + at, mode, granted: true },
      { lockType: '', ...object, pid: 200 + at, mode, granted: false },
    ])
    const { edges } = buildWaitForGraph({ locks, activity: [] })
    expect(edges.map(({ waiterPid, blockerPids }) => [waiterPid, ...blockerPids])).toEqual(
      objects.map((_object, at) => [200 + at, 100 + at]),
    )
  })
})

describe('soft blocks', () => {
  it('are by conflicting requests ahead in the queue: a reader behind an ALTER TABLE behind a reader', () => {
    expect(
      edgesOf(`
        10 holds AccessShare on relation t
        20 awaits AccessExclusive on relation t since 1
        30 awaits AccessShare on relation t since 2
        31 awaits AccessShare on relation t since 3`),
    ).toBe('20 → 10 (hard)\n30 → 20 (soft)\n31 → 20 (soft)')
  })

  it('go by the beginning of the wait, not by pid', () => {
    expect(
      edgesOf(`
        10 holds Exclusive on tuple a
        21 awaits Exclusive on tuple a since 3
        22 awaits Exclusive on tuple a since 2
        23 awaits Exclusive on tuple a since 1`),
    ).toBe('21 → 10 (hard), 22 (soft), 23 (soft)\n22 → 10 (hard), 23 (soft)\n23 → 10 (hard)')
  })

  it('take a waiter whose beginning is not yet told for the last', () => {
    expect(
      edgesOf(`
        10 holds Exclusive on tuple a
        21 awaits Exclusive on tuple a
        22 awaits Exclusive on tuple a since 2`),
    ).toBe('21 → 10 (hard), 22 (soft)\n22 → 10 (hard)')
  })

  it('go by the beginning of the statement where that of the wait is not known', () => {
    expect(
      edgesOf(`
        10 holds Exclusive on tuple a
        21 awaits Exclusive on tuple a
        22 awaits Exclusive on tuple a
        21 began at 9
        22 began at 8`),
    ).toBe('21 → 10 (hard), 22 (soft)\n22 → 10 (hard)')
  })

  it('let a process that holds a lock already go in front of whom it keeps waiting', () => {
    expect(
      edgesOf(`
        10 holds AccessShare on relation t
        11 holds AccessShare on relation t
        20 awaits AccessExclusive on relation t since 1
        10 awaits RowExclusive on relation t since 2
        12 holds Share on relation t`),
    ).toBe('10 → 12 (hard)\n20 → 10 (hard), 11 (hard), 12 (hard)')
  })

  it('put somebody ahead of whoever nothing else keeps waiting, though no beginnings are known', () => {
    expect(
      edgesOf(`
        21 awaits Share on advisory 2
        22 awaits Exclusive on advisory 2
        10 holds Share on advisory 2`),
    ).toBe('21 → 22 (soft)\n22 → 10 (hard)')
  })

  it('count a process that holds and awaits only once, as hard', () => {
    expect(
      edgesOf(`
        10 holds Share on relation t
        11 holds Share on relation t
        10 awaits RowExclusive on relation t since 1
        20 awaits RowExclusive on relation t since 2`),
    ).toBe('10 → 11 (hard)\n20 → 10 (hard), 11 (hard)')
  })
})

describe('parallel groups', () => {
  const parallel = `
    30 holds AccessShare on relation t
    31 holds Share on advisory 1
    30 holds Share on advisory 2
    32 awaits Exclusive on advisory 1
    40 holds Share on advisory 1
    50 awaits Exclusive on advisory 2
    31 works for 30
    32 works for 30`

  it('never block themselves, and block others under the name of their leader', () => {
    expect(edgesOf(parallel)).toBe('32 of 30 → 40 (hard)\n50 → 30 (hard)')
  })

  it('are no roots while one of them waits', () => {
    expect(buildWaitForGraph(lockState(parallel)).roots).toEqual([40])
  })

  it('count as blocked altogether, as pg_blocking_pids() has it', () => {
    const state = lockState(parallel)
    expect(dumpEdges({ edges: listBlockedProcesses(buildWaitForGraph(state), state.activity) })).toBe(
      '30 → 40 (hard)\n31 of 30 → 40 (hard)\n32 of 30 → 40 (hard)\n50 → 30 (hard)',
    )
  })

  it('are not made by workers that apply a subscription in parallel: those wait for each other', () => {
    const { locks } = lockState('30 holds Exclusive on advisory 1\n31 awaits Exclusive on advisory 1')
    const backendType = 'logical replication parallel worker'
    const activity = [{ pid: 31, leaderPid: 30, backendType }]
    expect(dumpEdges(buildWaitForGraph({ locks, activity }))).toBe('31 → 30 (hard)')
  })
})

describe('an edge', () => {
  it('tells what is awaited, and since when', () => {
    const { edges } = buildWaitForGraph(
      lockState('10 holds AccessShare on relation t\n20 awaits AccessExclusive on relation t since 60'),
    )
    expect(edges).toEqual([
      {
        waiterPid: 20,
        blockerPids: [10],
        hard: [10],
        soft: [],
        mode: 'AccessExclusiveLock',
        lockType: 'relation',
        relation: 't',
        waitedMs: 40,
      },
    ])
  })

  it('without anybody in the way is kept apart', () => {
    const graph = buildWaitForGraph(lockState('20 awaits Share on virtualxid 5/7'))
    expect(graph.edges).toEqual([])
    expect(graph.unexplained).toMatchObject([{ waiterPid: 20, lockType: 'virtualxid', blockerPids: [] }])
  })
})

describe('cycles', () => {
  it('of held locks are hard', () => {
    const { cycles, roots } = buildWaitForGraph(
      lockState(`
        1 holds Exclusive on transactionid 701
        2 holds Exclusive on transactionid 702
        1 awaits Share on transactionid 702
        2 awaits Share on transactionid 701
        3 awaits Share on transactionid 701`),
    )
    expect(cycles).toEqual([{ pids: [1, 2], hard: true }])
    expect(roots).toEqual([])
  })

  it('through a place in the queue are soft: the server may resolve them by moving waiters', () => {
    const { cycles } = buildWaitForGraph(
      lockState(`
        1 holds Share on advisory 1
        2 awaits Exclusive on advisory 1 since 1
        3 holds Exclusive on advisory 2
        3 awaits Share on advisory 1 since 2
        1 awaits Share on advisory 2 since 3`),
    )
    expect(cycles).toEqual([{ pids: [1, 2, 3], hard: false }])
  })

  it('are found at the end of a chain of thousands', () => {
    const count = 5_000
    const text = Array.from(
      { length: count },
      (_none, at) =>
        `${at + 1} holds Exclusive on advisory ${at}\n${at + 1} awaits Share on advisory ${(at + 1) % count}`,
    ).join('\n')
    const { cycles } = buildWaitForGraph(lockState(text))
    expect(cycles.map(({ pids, hard }) => [pids.length, hard])).toEqual([[count, true]])
  })
})
