import { describe, expect, it } from 'vitest'
import { arrivals } from '#renderer/panels/locks/graph/view.ts'

describe('who has to be brought into sight', () => {
  it('is who is new and who stands elsewhere than before, not who stayed or left', () => {
    const before = new Map([
      ['stays', { x: 0, y: 0 }],
      ['moves', { x: 0, y: 100 }],
      ['leaves', { x: 0, y: 200 }],
    ])
    const now = new Map([
      ['stays', { x: 0, y: 0 }],
      ['moves', { x: -340, y: 100 }],
      ['comes', { x: 340, y: 0 }],
    ])
    expect(arrivals(before, now)).toEqual([
      { x: -340, y: 100 },
      { x: 340, y: 0 },
    ])
  })
})
