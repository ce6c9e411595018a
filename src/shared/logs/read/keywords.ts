import { byteAt, colon, encode, findByte, isDigit, isLetter, space, startsWith } from './bytes.ts'

/** What may stand before `:  ` in a log: severities begin an entry, the others belong to the one before. */
const severityWords = [
  'LOG',
  'ERROR',
  'FATAL',
  'PANIC',
  'WARNING',
  'NOTICE',
  'INFO',
  'DEBUG',
  'DEBUG1',
  'DEBUG2',
  'DEBUG3',
  'DEBUG4',
  'DEBUG5',
]
const partWords = ['DETAIL', 'HINT', 'QUERY', 'CONTEXT', 'LOCATION', 'BACKTRACE', 'STATEMENT'] as const
export type PartWord = (typeof partWords)[number]

export interface Keyword {
  readonly word: string
  readonly bytes: Uint8Array
  /** Undefined for a severity. */
  readonly part: PartWord | undefined
}

const byFirst: (Keyword[] | undefined)[] = []
for (const word of [...severityWords, ...partWords]) {
  const bytes = encode(`${word}:`)
  const part = partWords.find((candidate) => candidate === word)
  const first = byteAt(bytes, 0)
  ;(byFirst[first] ??= []).push({ word, bytes, part })
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

/** The first keyword of a line, or -1: where its prefix ends. */
export function findKeyword(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end, start + longestPrefix)
  for (let at = findByte(bytes, colon, start, limit); at !== -1; at = findByte(bytes, colon, at + 1, limit)) {
    let word = at
    while (word > start && (isLetter(byteAt(bytes, word - 1)) || isDigit(byteAt(bytes, word - 1)))) word -= 1
    if (keywordAt(bytes, word, end) !== undefined) return word
  }
  return -1
}
