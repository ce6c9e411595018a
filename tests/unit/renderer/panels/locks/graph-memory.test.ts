import { describe, expect, it } from 'vitest'
import { createGraphMemory } from '#renderer/panels/locks/graph/graph-memory.ts'
import { isInSight } from '#renderer/panels/locks/graph/view.ts'

const at = (places: Readonly<Record<string, readonly [number, number]>>) =>
  new Map(Object.entries(places).map(([key, [x, y]]) => [key, { x, y }]))

describe('the memory of the graph', () => {
  it('gives who comes back the place that it had', () => {
    const memory = createGraphMemory()
    memory.keep(memory.place(at({ holder: [0, 50], first: [342, 0], second: [342, 100] }), []))
    memory.keep(memory.recall(['holder', 'second']))
    expect(memory.recall(['holder', 'first'])).toEqual(at({ holder: [0, 50], first: [342, 0] }))
  })

  it('lets those stand who are there where somebody comes back to a place that is taken', () => {
    const memory = createGraphMemory()
    memory.keep(memory.place(at({ holder: [0, 0], first: [342, 0] }), []))
    memory.keep(memory.recall(['holder']))
    memory.keep(memory.place(at({ holder: [0, 0], second: [342, 0] }), []))
    expect(memory.recall(['first', 'holder', 'second'])).toEqual(at({ holder: [0, 0], second: [342, 0] }))
    const placed = memory.place(at({ first: [342, 0], holder: [0, 50], second: [342, 100] }), [])
    expect(placed.get('second')).toEqual({ x: 342, y: 0 })
    expect(placed.get('first')?.x).toBe(342)
    expect(Math.abs(placed.get('first')?.y ?? 0)).toBeGreaterThan(80)
  })

  it('lets nobody stand where the picture would be spread over twice the room', () => {
    const memory = createGraphMemory()
    memory.keep(memory.place(at({ one: [0, 0], two: [342, 0], three: [684, 0], four: [1_026, 0] }), []))
    const wanted = at({ four: [0, 0], one: [342, 0] })
    expect(memory.place(wanted, [['four', 'one']])).toEqual(wanted)
    expect(memory.recall(['two']).size).toBe(0)
  })

  it('forgets who has gone before it moves who is shown, where links would pass under others', () => {
    const memory = createGraphMemory()
    memory.keep(memory.place(at({ root: [0, 0], old: [342, 0], waiter: [684, 0] }), []))
    memory.keep(memory.recall(['root', 'waiter']))
    const placed = memory.place(at({ root: [0, 0], waiter: [342, 0], old: [342, 100] }), [
      ['root', 'waiter'],
      ['root', 'old'],
    ])
    expect(placed.get('root')).toEqual({ x: 0, y: 0 })
    expect(placed.get('old')).not.toEqual({ x: 342, y: 0 })
  })

  it('tells who is shown from who was', () => {
    const memory = createGraphMemory()
    memory.keep(memory.place(at({ holder: [0, 0], first: [342, 0] }), []))
    expect(memory.areShown(['first'])).toBe(true)
    memory.keep(memory.recall(['holder']))
    expect(memory.areShown(['holder', 'first'])).toBe(false)
  })

  it('forgets those that were seen longest ago, and never those that are shown', () => {
    const memory = createGraphMemory()
    for (let number = 0; number < 400; number += 1) memory.keep(at({ holder: [0, 0], [number]: [342, 0] }))
    expect([...memory.recall(['holder', '399']).keys()]).toEqual(['holder', '399'])
    expect([...memory.recall(['5']).keys()]).toEqual([])
  })
})

describe('nodes', () => {
  const room = { width: 1_000, height: 400 }

  it('are in sight where all of each is', () => {
    expect(isInSight([{ x: 0, y: 0 }], { x: 0, y: 0, zoom: 1 }, room)).toBe(true)
    expect(isInSight([{ x: 0, y: 300 }], { x: 0, y: 0, zoom: 1 }, room)).toBe(true)
    expect(isInSight([{ x: 0, y: 320 }], { x: 0, y: 0, zoom: 1 }, room)).toBe(false)
    expect(isInSight([{ x: -10, y: 0 }], { x: 0, y: 0, zoom: 1 }, room)).toBe(false)
  })

  it('are in sight farther away where they are drawn smaller', () => {
    expect(isInSight([{ x: 900, y: 600 }], { x: 20, y: 20, zoom: 0.5 }, room)).toBe(true)
  })
})
