import { describe, expect, it } from 'vitest'
import { browserOpener } from '#main/hosts/web/open-browser.ts'

describe('the way to a browser', () => {
  it('is the one of the system', () => {
    expect(browserOpener('darwin', {})?.command).toBe('open')
    expect(browserOpener('win32', {})?.command).toBe('rundll32')
    expect(browserOpener('linux', { DISPLAY: ':0' })?.command).toBe('xdg-open')
    expect(browserOpener('linux', { WAYLAND_DISPLAY: 'wayland-0' })?.command).toBe('xdg-open')
  })

  it('is not tried on Linux without a display', () => {
    expect(browserOpener('linux', {})).toBeUndefined()
    expect(browserOpener('linux', { DISPLAY: '' })).toBeUndefined()
  })
})
