import { describe, expect, it } from 'vitest'
import { linksOf, listArrows } from '#renderer/panels/locks/graph/graph-model.ts'
import { buildPicture, listLines } from '#renderer/panels/locks/picture.ts'
import { sayProcess, summarise } from '#renderer/panels/locks/words.ts'
import { buildWaitForGraph, listHeldLocks } from '#shared/locks/index.ts'
import { lockState } from '#tests/support/lock-states.ts'
import { sampleBackend } from '#tests/support/sample-activity.ts'

function picture(text: string) {
  const state = lockState(text)
  const backends = [10, 20, 30].map((pid) => sampleBackend({ pid, application: `app${pid}` }))
  return buildPicture({ atMs: 100, graph: buildWaitForGraph(state), held: listHeldLocks(state), backends })
}
const queue = `
  10 holds RowExclusive on relation orders
  20 awaits Exclusive on relation orders since 10
  30 awaits Exclusive on relation orders since 20`

describe('a moment of waiting', () => {
  it('is told in one line', () => {
    expect(summarise(picture(queue))).toBe(
      '2 processes wait, the longest for 90 ms · 10 app10 is at the root',
    )
    expect(summarise(picture('10 holds Share on relation orders'))).toBe('Nobody waits for a lock')
  })

  it('names a deadlock', () => {
    const circle = picture(`
      10 holds Share on relation a
      20 holds Share on relation b
      10 awaits Exclusive on relation b
      20 awaits Exclusive on relation a`)
    expect(summarise(circle)).toBe('2 processes wait · Deadlock of 10, 20')
    expect(listArrows(circle).every(({ isInCycle }) => isInCycle)).toBe(true)
  })

  it('says of each process what it waits for and how many wait for it', () => {
    const { byPid } = picture(queue)
    const say = (pid: number) => {
      const process = byPid.get(pid)
      return process === undefined ? '' : sayProcess(process)
    }
    expect(say(10)).toBe('10 app10, active, 2 wait for it')
    expect(say(20)).toBe('20 app20, active, waits for Exclusive on orders, 1 waits for it')
  })

  it('is laid out by what is held, and by places in a queue only where nothing is', () => {
    const arrows = listArrows(picture(queue))
    expect(arrows.map(({ from, to, isHard }) => `${from[0]} ${isHard ? '→' : '⇢'} ${to[0]}`)).toEqual([
      '2 → 1',
      '3 → 1',
      '3 ⇢ 2',
    ])
    expect(linksOf(arrows).map(([from, to]) => `${from[0]} ${to[0]}`)).toEqual(['1 2', '1 3'])
  })

  it('is a list of lines, waiters below whom they wait for', () => {
    expect(listLines(picture(queue)).map(({ node, depth }) => `${'  '.repeat(depth)}${node.pid}`)).toContain(
      '  20',
    )
  })
})
