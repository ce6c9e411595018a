import { byteAt, colon, encode, findByte, isDigit, isLetter, space, startsWith } from './bytes.ts'
import { type PartWord, partWords, severityWords } from './languages.ts'

export type { PartWord }

export interface Keyword {
  /** In English. */
  readonly word: string
  readonly bytes: Uint8Array
  /** Undefined for a severity. */
  readonly part: PartWord | undefined
}

const byFirst: (Keyword[] | undefined)[] = []
function add(word: string, foreign: string, part: PartWord | undefined): void {
  // French puts a blank before the colon, now and then one that does not break.
  for (const ending of foreign === word ? [':'] : [':', ' :', '\u00A0:']) {
    const bytes = encode(`${foreign}${ending}`)
    ;(byFirst[byteAt(bytes, 0)] ??= []).push({ word, bytes, part })
  }
}
for (const [word, all] of Object.entries(severityWords)) for (const one of all) add(word, one, undefined)
for (const [part, all] of Object.entries(partWords)) {
  for (const one of all) add(part, one, part as PartWord)
}

/** The keyword at a place, colon included; the server writes two blanks behind it, some collectors keep one. */
export function keywordAt(bytes: Uint8Array, at: number, end: number): Keyword | undefined {
  const candidates = at < end ? byFirst[byteAt(bytes, at)] : undefined
  if (candidates === undefined) return undefined
  for (const keyword of candidates) {
    if (!startsWith(bytes, at, end, keyword.bytes)) continue
    const next = at + keyword.bytes.length
    if (next === end || byteAt(bytes, next) === space) return keyword
  }
  return undefined
}

/** Where the text behind a keyword begins. */
export function textAfter(bytes: Uint8Array, at: number, end: number, keyword: Keyword): number {
  let next = at + keyword.bytes.length
  for (let blanks = 0; blanks < 2 && next < end && byteAt(bytes, next) === space; blanks += 1) next += 1
  return next
}

/** How far into a line a prefix may reach. */
export const longestPrefix = 600

/** Letters beyond ASCII have bytes beyond it. */
const isOfWord = (byte: number): boolean => isLetter(byte) || isDigit(byte) || byte >= 0x80

/** The first keyword of a line, or -1: where its prefix ends. */
export function findKeyword(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end, start + longestPrefix)
  for (let at = findByte(bytes, colon, start, limit); at !== -1; at = findByte(bytes, colon, at + 1, limit)) {
    let word = at
    if (word > start && byteAt(bytes, word - 1) === space) word -= 1
    while (word > start && isOfWord(byteAt(bytes, word - 1))) word -= 1
    if (keywordAt(bytes, word, end) !== undefined) return word
  }
  return -1
}
