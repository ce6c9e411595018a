/** macOS shows signs (⇧⌘↵), everything else words (Ctrl Shift Enter). */
export type KeyStyle = 'signs' | 'words'

const signs: Readonly<Record<string, string>> = {
  mod: '⌘',
  ctrl: '⌃',
  alt: '⌥',
  shift: '⇧',
  enter: '↵',
  escape: 'esc',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  space: 'space',
  backspace: '⌫',
  delete: '⌦',
  tab: '⇥',
}

const words: Readonly<Record<string, string>> = {
  mod: 'Ctrl',
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  enter: 'Enter',
  escape: 'Esc',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  space: 'Space',
  backspace: 'Backspace',
  delete: 'Del',
  tab: 'Tab',
}

/**
 * The caps of a key combination, in the order people read them: `mod+shift+enter` → `['⇧', '⌘', '↵']` or
 * `['Ctrl', 'Shift', 'Enter']`.
 */
export function keyCaps(keys: string, style: KeyStyle): readonly string[] {
  // A plus at the end is the key of that name.
  const parts = keys.toLowerCase().split(/\+(?!$)/)
  const order = style === 'signs' ? ['ctrl', 'alt', 'shift', 'mod'] : ['mod', 'ctrl', 'alt', 'shift']
  const rank = (part: string) => (order.includes(part) ? order.indexOf(part) : order.length)
  const names = style === 'signs' ? signs : words
  return [...parts].sort((a, b) => rank(a) - rank(b)).map((part) => names[part] ?? part.toUpperCase())
}

/** The style of this machine. */
export function keyStyle(): KeyStyle {
  return /mac|iphone|ipad/i.test(navigator.platform) ? 'signs' : 'words'
}
