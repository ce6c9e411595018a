import { describe, expect, it } from 'vitest'
import { fileNameOf, nameByTime } from '#main/store/session-names.ts'

describe('names of sessions', () => {
  it('are the local time where nobody gave one', () => {
    expect(nameByTime(new Date(2026, 10, 3, 9, 5).getTime())).toBe('Session of 2026-11-03 09:05')
  })

  it.each([
    ['Slow checkout', 'slow-checkout'],
    ['  Größe / 日本語: “A?” ', 'größe-日本語-a'],
    ['..\\..\\windows', 'windows'],
    ['AUX', 'session-AUX'],
    ['com1', 'session-com1'],
    ['\0', 'session'],
    ['🎈', 'session'],
    ['x'.repeat(300), 'x'.repeat(60)],
  ])('%j becomes the file name %s on every system', (name, file) => {
    expect(fileNameOf(name)).toBe(file)
  })
})
