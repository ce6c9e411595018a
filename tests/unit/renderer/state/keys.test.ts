import { describe, expect, it } from 'vitest'
import { type KeyPress, matchesKeys, worksInText } from '#renderer/state/index.ts'

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', metaKey: false, ctrlKey: false, altKey: false, shiftKey: false, ...held }
}

describe('keys', () => {
  it('mean ⌘ on macOS and Ctrl elsewhere by mod', () => {
    expect(matchesKeys('mod+k', press('k', { ctrlKey: true }), false)).toBe(true)
    expect(matchesKeys('mod+k', press('k', { metaKey: true }), false)).toBe(false)
    expect(matchesKeys('mod+k', press('k', { metaKey: true }), true)).toBe(true)
    expect(matchesKeys('mod+k', press('k', { ctrlKey: true }), true)).toBe(false)
  })

  it('tell combinations apart by every modifier', () => {
    const withShift = press('Enter', { ctrlKey: true, shiftKey: true })
    expect(matchesKeys('mod+enter', withShift, false)).toBe(false)
    expect(matchesKeys('mod+shift+enter', withShift, false)).toBe(true)
    expect(matchesKeys('mod+enter', press('Enter', { ctrlKey: true, altKey: true }), false)).toBe(false)
  })

  it('take signs as they are printed, wherever the layout has them', () => {
    expect(matchesKeys('?', press('?', { shiftKey: true }), false)).toBe(true)
    expect(matchesKeys('?', press('?'), false)).toBe(true)
    expect(matchesKeys('[', press('[', { shiftKey: true }), false)).toBe(true)
  })

  it('find a letter by its place where the layout has no Latin letters', () => {
    expect(matchesKeys('mod+k', press('л', { ctrlKey: true, code: 'KeyK' }), false)).toBe(true)
    expect(matchesKeys('mod+k', press('j', { ctrlKey: true, code: 'KeyK' }), false)).toBe(false)
  })

  it('work in a text field only if no letter is meant by them', () => {
    expect(['mod+k', 'mod+shift+enter', 'shift+alt+f', 'F5'].filter(worksInText)).toHaveLength(4)
    expect(['?', '/', 'space', 'shift+a', 'a'].filter(worksInText)).toEqual([])
  })
})
