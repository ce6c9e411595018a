import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildLockTree, buildWaitForGraph, type LockTreeNode, waitingPid } from '#shared/locks/index.ts'
import { lockState } from '../../../support/lock-states.ts'

function dumpNode(node: LockTreeNode, depth = 0): string {
  const marks = [
    node.isSoft ? 'queue' : '',
    node.isRepeated ? 'again' : '',
    node.isInCycle ? 'cycle' : '',
    node.waiterCount > 0 ? `${node.waiterCount} behind` : '',
  ].filter((mark) => mark !== '')
  const line = `${'  '.repeat(depth)}${node.pid}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`
  return [line, ...node.children.map((child) => dumpNode(child, depth + 1))].join('\n')
}

const dump = (text: string, options?: { readonly leavesOutQueue: boolean }) =>
  buildLockTree(buildWaitForGraph(lockState(text)), options)
    .map((node) => dumpNode(node))
    .join('\n')

/** As a test writes it: lines indented by two, relative to the first. */
const tree = (text: string) => {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const indent = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0
  return lines.map((line) => line.slice(indent)).join('\n')
}

describe('the tree of waiters', () => {
  it('puts those in one queue below who holds the lock, and names them once more below those ahead', () => {
    expect(
      dump(`
        10 holds Exclusive on tuple a
        20 awaits Exclusive on tuple a since 1
        21 awaits Exclusive on tuple a since 2
        22 awaits Exclusive on tuple a since 3`),
    ).toBe(
      tree(`
        10 (3 behind)
          20
            21 (queue, again)
            22 (queue, again)
          21
            22 (queue, again)
          22`),
    )
  })

  it('leaves out those who are merely ahead, if it is told to', () => {
    expect(
      dump(
        `
        10 holds AccessShare on relation t
        20 awaits AccessExclusive on relation t since 1
        21 awaits AccessExclusive on relation t since 2
        30 awaits AccessShare on relation t since 3`,
        { leavesOutQueue: true },
      ),
    ).toBe(
      tree(`
        10 (3 behind)
          20 (1 behind)
            30 (queue)
          21`),
    )
  })

  it('shows chains', () => {
    expect(
      dump(`
        10 holds AccessShare on relation t
        20 awaits AccessExclusive on relation t since 1
        30 awaits AccessShare on relation t since 2
        30 holds Exclusive on transactionid 7
        40 awaits Share on transactionid 7`),
    ).toBe(
      tree(`
        10 (3 behind)
          20 (2 behind)
            30 (queue, 1 behind)
              40`),
    )
  })

  it('prefers a lock that is held to a place in the queue, whatever root it leads to', () => {
    expect(
      dump(`
        10 holds AccessShare on relation t
        99 holds ShareUpdateExclusive on relation t
        20 awaits AccessExclusive on relation t since 1
        30 awaits ShareUpdateExclusive on relation t since 2`),
    ).toBe(
      tree(`
        10 (1 behind)
          20
            30 (queue, again)
        99 (1 behind)
          20 (again)
          30`),
    )
  })

  it('cuts a circle at its lowest pid', () => {
    expect(
      dump(`
        1 holds Exclusive on transactionid 701
        2 holds Exclusive on transactionid 702
        1 awaits Share on transactionid 702
        2 awaits Share on transactionid 701
        3 awaits Share on transactionid 702`),
    ).toBe(
      tree(`
        1 (cycle, 2 behind)
          2 (cycle, 1 behind)
            1 (again, cycle)
            3`),
    )
  })

  it('shows a parallel query as one', () => {
    const [root] = buildLockTree(
      buildWaitForGraph(
        lockState(`
          10 holds Exclusive on advisory 1
          31 awaits Share on advisory 1
          32 awaits Share on advisory 1
          31 works for 30
          32 works for 30`),
      ),
    )
    expect(root?.children.map(({ pid, waits }) => [pid, waits.length])).toEqual([[30, 2]])
  })

  it('has every waiter once with its own waiters, and no more places than there are blocks', () => {
    const modes = fc.constantFrom('AccessShare', 'RowExclusive', 'Share', 'Exclusive', 'AccessExclusive')
    const line = fc
      .tuple(
        fc.integer({ min: 1, max: 15 }),
        fc.constantFrom('holds', 'awaits'),
        modes,
        fc.integer({ min: 1, max: 4 }),
      )
      .map(([pid, verb, mode, object]) => `${pid} ${verb} ${mode} on advisory ${object}`)
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const graph = buildWaitForGraph(lockState(lines.join('\n')))
        const nodes: LockTreeNode[] = []
        const visit = (node: LockTreeNode) => {
          nodes.push(node)
          node.children.forEach(visit)
        }
        const forest = buildLockTree(graph)
        forest.forEach(visit)
        const shown = nodes.filter(({ isRepeated }) => !isRepeated).map(({ pid }) => pid)
        const everybody = new Set(graph.edges.flatMap((edge) => [waitingPid(edge), ...edge.blockerPids]))
        expect(shown.toSorted((a, b) => a - b)).toEqual([...everybody].toSorted((a, b) => a - b))
        const blocks = new Set(
          graph.edges.flatMap((edge) => edge.blockerPids.map((pid) => `${waitingPid(edge)} ${pid}`)),
        )
        expect(nodes.length - forest.length).toBe(blocks.size)
        expect(forest.reduce((sum, node) => sum + 1 + node.waiterCount, 0)).toBe(everybody.size)
      }),
    )
  })
})
