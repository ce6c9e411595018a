import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BlamedWait, type BlameTick, buildWaitForGraph, computeBlame } from '#shared/locks/index.ts'
import { lockState } from '../../../support/lock-states.ts'

function tickOf(text: string, periodMs = 100, atMs = 0): BlameTick {
  return { atMs, periodMs, edges: buildWaitForGraph(lockState(text)).edges }
}

function dump(ticks: readonly BlameTick[]): string {
  return computeBlame(ticks)
    .blockers.map(
      ({ pid, causedMs, directMs, waiters, mostWaiters }) =>
        `${pid}: caused ${causedMs}, direct ${directMs}, ${waiters} waiters, ${mostWaiters} at once`,
    )
    .join('\n')
}

describe('blame', () => {
  it('goes to the root for all waiting behind it, directly to whoever stands in the way', () => {
    expect(
      dump([
        tickOf(`
          10 holds AccessShare on relation t
          20 awaits AccessExclusive on relation t since 1
          30 awaits AccessShare on relation t since 2
          31 awaits AccessShare on relation t since 3`),
      ]),
    ).toBe('10: caused 300, direct 100, 3 waiters, 3 at once\n20: caused 0, direct 200, 0 waiters, 0 at once')
  })

  it('is shared by all roots of a waiter', () => {
    expect(
      dump([
        tickOf(
          '10 holds Share on relation t\n11 holds Share on relation t\n20 awaits RowExclusive on relation t',
        ),
      ]),
    ).toBe('10: caused 50, direct 50, 1 waiters, 1 at once\n11: caused 50, direct 50, 1 waiters, 1 at once')
  })

  it('of a circle stays in it, with all that wait for it', () => {
    expect(
      dump([
        tickOf(`
          1 holds Exclusive on transactionid 701
          2 holds Exclusive on transactionid 702
          1 awaits Share on transactionid 702
          2 awaits Share on transactionid 701
          3 awaits Share on transactionid 701`),
      ]),
    ).toBe('1: caused 150, direct 200, 3 waiters, 3 at once\n2: caused 150, direct 100, 3 waiters, 3 at once')
  })

  it('falls on the leader of a parallel query', () => {
    expect(
      dump([
        tickOf(`
          31 holds Share on advisory 1
          31 works for 30
          40 awaits Exclusive on advisory 1`),
      ]),
    ).toBe('30: caused 100, direct 100, 1 waiters, 1 at once')
  })

  it('tells from when to when, and what was waited for', () => {
    const text = '10 holds Exclusive on relation t\n20 awaits Share on relation t'
    const blame = computeBlame([tickOf(text, 100, 5_000), tickOf(text, 200, 5_100)])
    expect(blame.blockers).toMatchObject([{ pid: 10, fromMs: 5_000, toMs: 5_300, causedMs: 300 }])
    expect(blame.objects).toEqual([{ lockType: 'relation', relation: 't', waitedMs: 300 }])
  })
})

const pid = fc.integer({ min: 0, max: 12 })
const edge: fc.Arbitrary<BlamedWait> = fc
  .record({ waiterPid: fc.integer({ min: 1, max: 12 }), others: fc.uniqueArray(pid, { maxLength: 4 }) })
  .map(({ waiterPid, others }) => ({
    waiterPid,
    blockerPids: others.filter((other) => other !== waiterPid),
    lockType: 'relation',
    mode: 'ShareLock',
    relation: `t${waiterPid % 3}`,
  }))
const tick = fc.record({
  atMs: fc.integer({ min: 0, max: 10_000 }),
  periodMs: fc.integer({ min: 1, max: 1_000 }),
  edges: fc.uniqueArray(edge, { maxLength: 10, selector: ({ waiterPid }) => waiterPid }),
})
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Everybody that a process waits for, directly or over others. */
function reachedFrom(start: number, edges: readonly BlamedWait[]): ReadonlySet<number> {
  const reached = new Set<number>()
  const open = [start]
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const { waiterPid, blockerPids } of edges)
      if (waiterPid === next)
        for (const blocker of blockerPids)
          if (!reached.has(blocker)) {
            reached.add(blocker)
            open.push(blocker)
          }
  return reached
}

describe('the columns of blame', () => {
  it('add up to all that was waited for, each', () => {
    fc.assert(
      fc.property(fc.array(tick, { maxLength: 12 }), (ticks) => {
        const { waitedMs, blockers, objects } = computeBlame(ticks)
        const expected = sum(
          ticks.map(
            ({ periodMs, edges }) =>
              periodMs * edges.filter(({ blockerPids }) => blockerPids.length > 0).length,
          ),
        )
        expect(waitedMs).toBe(expected)
        expect(sum(blockers.map(({ causedMs }) => causedMs))).toBeCloseTo(expected, 6)
        expect(sum(blockers.map(({ directMs }) => directMs))).toBeCloseTo(expected, 6)
        expect(sum(objects.map((object) => object.waitedMs))).toBe(expected)
      }),
    )
  })

  it('are the same however ticks are cut and ordered', () => {
    fc.assert(
      fc.property(fc.array(tick, { maxLength: 8 }), (ticks) => {
        const halves = ticks.flatMap(({ atMs, periodMs, edges }) => [
          { atMs: atMs + periodMs / 2, periodMs: periodMs / 2, edges },
          { atMs, periodMs: periodMs / 2, edges },
        ])
        const round = (all: readonly BlameTick[]) =>
          computeBlame(all)
            .blockers.map((row) => ({
              ...row,
              causedMs: Math.round(row.causedMs * 1e3),
              directMs: Math.round(row.directMs * 1e3),
            }))
            .toSorted((a, b) => a.pid - b.pid)
        expect(round(halves.toReversed())).toEqual(round(ticks))
      }),
    )
  })

  it('charge as roots nobody who waits outside of a circle', () => {
    fc.assert(
      fc.property(tick, (one) => {
        const roots = computeBlame([one]).blockers.filter(({ causedMs }) => causedMs > 0)
        const ends = roots.filter(({ pid: root }) => {
          const reached = reachedFrom(root, one.edges)
          return reached.size === 0 || reached.has(root)
        })
        expect(ends).toEqual(roots)
      }),
    )
  })
})
