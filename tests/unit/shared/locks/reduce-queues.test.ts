import { describe, expect, it } from 'vitest'
import { buildGraphOfEdges, buildWaitForGraph, countBlocked, reduceQueues } from '#shared/locks/index.ts'
import { dumpEdges, lockState } from '#tests/support/lock-states.ts'

const reduce = (text: string) => {
  const { edges } = buildWaitForGraph(lockState(text))
  return { edges, reduced: reduceQueues(edges) }
}
const waiters = (edges: ReturnType<typeof reduce>['edges']) =>
  edges.map(({ waiterPid, blockerPids }) => ({ pid: waiterPid, blockerPids }))

describe('a queue to look at', () => {
  it('tells each waiter’s place by the one before it', () => {
    const { reduced } = reduce(`
      10 holds RowExclusive on relation orders
      20 awaits Exclusive on relation orders since 1
      30 awaits Exclusive on relation orders since 2
      40 awaits Exclusive on relation orders since 3`)
    expect(dumpEdges({ edges: reduced })).toBe(
      ['20 → 10 (hard)', '30 → 10 (hard), 20 (soft)', '40 → 10 (hard), 30 (soft)'].join('\n'),
    )
  })

  it('keeps all of those ahead that do not wait for each other', () => {
    const { edges, reduced } = reduce(`
      10 holds AccessExclusive on relation orders
      20 awaits AccessShare on relation orders since 1
      30 awaits RowShare on relation orders since 2
      40 awaits AccessExclusive on relation orders since 3`)
    expect(reduced).toEqual(edges)
  })

  it('leaves roots, circles and who is freed with whom as they were', () => {
    const { edges, reduced } = reduce(`
      10 holds RowExclusive on relation orders
      20 awaits Exclusive on relation orders since 1
      20 holds Share on relation items
      30 awaits AccessShare on relation orders since 2
      40 awaits AccessExclusive on relation orders since 3
      50 awaits AccessShare on relation orders since 4
      10 awaits RowExclusive on relation items since 5`)
    const { roots, cycles } = buildGraphOfEdges(edges)
    expect(buildGraphOfEdges(reduced)).toMatchObject({ roots, cycles })
    expect(countBlocked(waiters(reduced))).toEqual(countBlocked(waiters(edges)))
  })

  it('is a thousand pairs instead of half a million', () => {
    const lines = Array.from(
      { length: 1_000 },
      (_, at) => `${at + 20} awaits Exclusive on relation orders since ${at}`,
    )
    const { reduced } = reduce(`10 holds Exclusive on relation orders\n${lines.join('\n')}`)
    expect(reduced.reduce((sum, { soft }) => sum + soft.length, 0)).toBe(999)
  })
})
