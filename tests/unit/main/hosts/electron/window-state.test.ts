import { describe, expect, it } from 'vitest'
import { restoreWindowState } from '#main/hosts/electron/window-state.ts'

const laptop = { x: 0, y: 0, width: 1_920, height: 1_040 }
const beside = { x: 1_920, y: 0, width: 2_560, height: 1_400 }
const kept = { x: 2_000, y: 100, width: 1_200, height: 800 }

describe('the state of a window', () => {
  it('comes back on the display where it was', () => {
    expect(restoreWindowState({ bounds: kept, isMaximized: true }, [laptop, beside])).toEqual({
      bounds: kept,
      isMaximized: true,
    })
  })

  it.each([
    ['its display is gone', kept],
    ['only a sliver of it would show', { ...kept, x: 1_900 }],
    ['its title bar would be above the display', { ...kept, x: 100, y: -50 }],
    ['its title bar would be below the display', { ...kept, x: 100, y: 1_030 }],
    ['a number is none', { ...kept, x: 'left' }],
    ['a number is missing', { x: 1, y: 1, width: 1_000 }],
    ['a number is no whole number', { ...kept, x: Number.NaN }],
  ])('is left to the system when %s', (_why, bounds) => {
    expect(restoreWindowState({ bounds, isMaximized: false }, [laptop])).toEqual({ isMaximized: false })
  })

  it('is never smaller than a window can be', () => {
    const tiny = { x: 10, y: 10, width: 200, height: 100 }
    expect(restoreWindowState({ bounds: tiny }, [laptop]).bounds).toEqual({
      x: 10,
      y: 10,
      width: 900,
      height: 600,
    })
  })

  it.each([undefined, null, 'x', 7, [], { isMaximized: 'yes' }])('survives %j on disk', (stored) => {
    expect(restoreWindowState(stored, [laptop])).toEqual({ isMaximized: false })
  })
})
