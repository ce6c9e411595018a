import { basename } from 'node:path'

const twoDigits = (value: number) => String(value).padStart(2, '0')

/** `2026-11-21 09:05` in local time: what a person calls a session that has no name. */
export function nameByTime(atMs: number): string {
  const at = new Date(atMs)
  const day = `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`
  return `Session of ${day} ${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`
}

/** Device names that Windows reserves whatever follows them. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

/** A file name without ending that every system takes, close to the session's name. */
export function fileNameOf(name: string): string {
  const letters = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '')
  if (letters === '') return 'session'
  return reserved.test(letters) ? `session-${letters}` : letters.toLowerCase()
}

/** The name of a session that nobody could ask. */
export function nameByPath(path: string): string {
  return basename(path, '.barograph')
}
