import { describe, expect, it } from 'vitest'
import { keyCaps } from '#renderer/kit/index.ts'

describe('a key combination as caps', () => {
  it('is written in signs on macOS, modifiers in the order of its menus', () => {
    expect(keyCaps('mod+shift+enter', 'signs')).toEqual(['⇧', '⌘', '↵'])
    expect(keyCaps('mod+alt+k', 'signs')).toEqual(['⌥', '⌘', 'K'])
  })

  it('is written in words elsewhere', () => {
    expect(keyCaps('shift+mod+enter', 'words')).toEqual(['Ctrl', 'Shift', 'Enter'])
    expect(keyCaps('?', 'words')).toEqual(['?'])
    expect(keyCaps('+', 'words')).toEqual(['+'])
    expect(keyCaps('mod++', 'words')).toEqual(['Ctrl', '+'])
  })
})
