import { describe, expect, it } from 'vitest'
import { nodeHeight, placeNodes, sidesBetween } from '#renderer/panels/locks/graph/place-nodes.ts'

const at = (places: Readonly<Record<string, readonly [number, number]>>) =>
  new Map(Object.entries(places).map(([key, [x, y]]) => [key, { x, y }]))

describe('places of nodes', () => {
  it('are those of the layout at first', () => {
    const wanted = at({ a: [0, 0], b: [342, 0] })
    expect(placeNodes(new Map(), wanted)).toEqual(wanted)
  })

  it('stay while others come, who stand where the layout wants them beside the old ones', () => {
    const placed = placeNodes(at({ a: [100, 50] }), at({ a: [0, 0], b: [342, 0] }))
    expect(placed).toEqual(at({ a: [100, 50], b: [442, 50] }))
  })

  it('are never taken twice', () => {
    const placed = placeNodes(at({ a: [0, 0], b: [342, 0] }), at({ a: [0, 50], b: [342, 100], c: [342, 0] }))
    const [b, c] = [placed.get('b'), placed.get('c')]
    expect(b).toEqual({ x: 342, y: 0 })
    expect(Math.abs((c?.y ?? 0) - (b?.y ?? 0))).toBeGreaterThan(nodeHeight)
  })

  it('of those that have gone are forgotten', () => {
    expect([...placeNodes(at({ a: [0, 0], gone: [5, 5] }), at({ a: [0, 0] })).keys()]).toEqual(['a'])
  })
})

describe('an arrow', () => {
  it('goes sideways between columns, and up or down within one', () => {
    const here = { x: 0, y: 0 }
    expect(sidesBetween(here, { x: -300, y: 80 })).toEqual(['left', 'right'])
    expect(sidesBetween(here, { x: 300, y: 80 })).toEqual(['right', 'left'])
    expect(sidesBetween(here, { x: 40, y: -100 })).toEqual(['top', 'bottom'])
    expect(sidesBetween(here, { x: -190, y: 100 })).toEqual(['bottom', 'top'])
  })
})
