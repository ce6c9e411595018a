/** What a key press is made of; a `KeyboardEvent` is one. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly metaKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const names: Readonly<Record<string, string>> = {
  escape: 'escape',
  enter: 'enter',
  ' ': 'space',
  arrowup: 'up',
  arrowdown: 'down',
  arrowleft: 'left',
  arrowright: 'right',
}

/**
 * Whether a press is the combination `keys`: names joined by `+`, `mod` being ⌘ on macOS and Ctrl elsewhere
 * (`mod+shift+enter`, `?`, `[`). Signs stand for what is printed, wherever the layout puts them, so shift counts
 * only with letters and named keys.
 */
export function matchesKeys(keys: string, press: KeyPress, isMac: boolean): boolean {
  const parts = keys.toLowerCase().split('+')
  const key = parts.at(-1) ?? ''
  const has = (modifier: string) => parts.slice(0, -1).includes(modifier)
  const wantsMeta = isMac && has('mod')
  const wantsCtrl = has('ctrl') || (!isMac && has('mod'))
  if (press.metaKey !== wantsMeta || press.ctrlKey !== wantsCtrl || press.altKey !== has('alt')) return false

  const pressed = names[press.key.toLowerCase()] ?? press.key.toLowerCase()
  const isSign = key.length === 1 && !/[a-z0-9]/.test(key)
  if (!isSign && press.shiftKey !== has('shift')) return false
  if (pressed === key) return true
  // A layout without Latin letters still has the key where others have it.
  if (/^[a-z]$/.test(key)) return !/^[a-z]$/.test(pressed) && press.code === `Key${key.toUpperCase()}`
  // With Alt a digit's key types a sign on macOS, and without Shift it does on some layouts.
  return /^[0-9]$/.test(key) && parts.length > 1 && press.code === `Digit${key}`
}

/**
 * Whether a combination may work while a text field has the focus. With Alt some layouts type a sign: a command that
 * is bound to one means it (as editors do with Shift+Alt+F).
 */
export function worksInText(keys: string): boolean {
  return /(^|\+)(mod|ctrl|alt)\+/.test(keys.toLowerCase()) || /^f\d+$/i.test(keys)
}
