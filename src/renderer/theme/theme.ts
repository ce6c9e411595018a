export type Theme = 'dark' | 'light'
export type ThemeChoice = 'system' | Theme

/** What is drawn now. */
export function currentTheme(): Theme {
  return document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark'
}

/**
 * Draws in the chosen theme; `system` follows the operating system from now on.
 * @returns ends following
 */
export function applyTheme(choice: ThemeChoice): () => void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const draw = () => {
    document.documentElement.dataset['theme'] =
      choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice
  }
  draw()
  if (choice !== 'system') return () => {}
  dark.addEventListener('change', draw)
  return () => dark.removeEventListener('change', draw)
}

/** Calls back when the colours have changed: what draws on a canvas has to draw anew. */
export function onThemeChange(callback: (theme: Theme) => void): () => void {
  const observer = new MutationObserver(() => callback(currentTheme()))
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

/**
 * A token's value now, for what can't use CSS variables (a canvas, the editor's theme): `readToken('--wait-io')`.
 * Colours in hex have six digits, however short the build wrote them.
 */
export function readToken(name: `--${string}`): string {
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim()
  return /^#[\da-f]{3}$/i.test(value) ? value.replace(/[\da-f]/gi, '$&$&') : value
}
