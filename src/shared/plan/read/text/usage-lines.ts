import type { RawRecord, RawValue } from '../../raw.ts'
import { type PlanTraits, put } from './drafts.ts'
import type { MutableRecord } from './mutable-record.ts'
import { endOfNumber, scanNumber } from './scan-figures.ts'

/** The lines about what a node used: blocks, time for I/O, WAL. Text leaves zeros out, JSON says them. */

const figure = /^(\w+)=(\d{1,40}(?:\.\d{1,9})?)$/

type Groups = readonly (readonly [kind: string, figures: readonly (readonly [string, number])[]])[]

/** `shared hit=5 read=3, temp written=2`, by kind; undefined for another shape. */
function readGroups(text: string): Groups | undefined {
  const groups: (readonly [string, (readonly [string, number])[]])[] = []
  for (const part of text.split(',')) {
    let figures: (readonly [string, number])[] | undefined
    for (const word of part.trim().split(/ +/)) {
      const match = figure.exec(word)
      if (match === null) {
        if (figures !== undefined || word === '') return undefined
        figures = []
        groups.push([word, figures])
      } else {
        if (figures === undefined) {
          figures = []
          groups.push(['', figures])
        }
        figures.push([match[1] ?? '', Number(match[2])])
      }
    }
  }
  return groups.every(([, figures]) => figures.length > 0) ? groups : undefined
}

/** Stands in a record until it is finished: a list of ten counts takes less than ten keys. */
export const pendingBlocks = 'Buffers'

const noBlocks: readonly number[] = Array.from({ length: 10 }, () => 0)

/** Writes the ten counters of JSON. */
export function putBlocks(record: MutableRecord, counts: readonly number[]): void {
  record['Shared Hit Blocks'] = counts[0] ?? 0
  record['Shared Read Blocks'] = counts[1] ?? 0
  record['Shared Dirtied Blocks'] = counts[2] ?? 0
  record['Shared Written Blocks'] = counts[3] ?? 0
  record['Local Hit Blocks'] = counts[4] ?? 0
  record['Local Read Blocks'] = counts[5] ?? 0
  record['Local Dirtied Blocks'] = counts[6] ?? 0
  record['Local Written Blocks'] = counts[7] ?? 0
  record['Temp Read Blocks'] = counts[8] ?? 0
  record['Temp Written Blocks'] = counts[9] ?? 0
}

/** Writes ten zeros where no counter stands yet. */
export function putZeroBlocks(record: MutableRecord): void {
  if (record['Shared Hit Blocks'] === undefined) putBlocks(record, noBlocks)
}

const comma = 0x2c
const blank = 0x20

/** The place among the ten of the counter whose word begins here; -1 for another word. */
function placeAt(text: string, at: number, kind: number): number {
  if (kind < 8) {
    if (text.startsWith('hit=', at)) return kind
    if (text.startsWith('dirtied=', at)) return kind + 2
  }
  if (text.startsWith('read=', at)) return kind < 8 ? kind + 1 : kind
  if (text.startsWith('written=', at)) return kind < 8 ? kind + 3 : kind + 1
  return -1
}

function kindAt(text: string, at: number): number {
  if (text.startsWith('shared ', at)) return 0
  if (text.startsWith('local ', at)) return 4
  return text.startsWith('temp ', at) ? 8 : -1
}

/** `shared hit=5 read=3, temp written=2`; false for another shape. */
export function readBuffers(record: MutableRecord, text: string, traits: PlanTraits): boolean {
  const counts = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  let kind = kindAt(text, 0)
  if (kind === -1) return false
  let at = text.indexOf(' ') + 1
  for (;;) {
    const place = placeAt(text, at, kind)
    if (place === -1) return false
    const count = scanNumber(text, text.indexOf('=', at) + 1)
    if (Number.isNaN(count)) return false
    counts[place] = count
    at = endOfNumber()
    if (at === text.length) break
    const isComma = text.charCodeAt(at) === comma
    if (isComma) at += 1
    if (text.charCodeAt(at) !== blank) return false
    at += 1
    if (isComma) {
      kind = kindAt(text, at)
      if (kind === -1) return false
      at = text.indexOf(' ', at) + 1
    }
  }
  record[pendingBlocks] = counts
  traits.buffers = true
  return true
}

/** Stands in a record until the whole plan has told which server's words these are. */
export const pendingIo = 'I/O Timings'

/** `shared read=0.1 write=0.2, temp read=0.3`; false for another shape. */
export function readIoTimings(record: MutableRecord, text: string, traits: PlanTraits): boolean {
  const groups = readGroups(text)
  if (groups === undefined) return false
  const pending: MutableRecord = {}
  for (const [kind, figures] of groups) {
    traits.ioWords.add(kind)
    for (const [word, ms] of figures) put(pending, `${kind} ${word}`, ms)
  }
  record[pendingIo] = pending
  return true
}

type IoKeys = readonly (readonly [words: readonly string[], key: string])[]

const ioKeysOf = (words: readonly string[], prefix: string): IoKeys => [
  [words.map((word) => `${word} read`), `${prefix}I/O Read Time`],
  [words.map((word) => `${word} write`), `${prefix}I/O Write Time`],
]

/**
 * Keys of I/O times by the words of the text: bare up to 14, `shared/local` and `temp` in 15, `shared` and `temp` in 16
 * under the keys of 15, all three apart from 17 on. What 16 and 17 say alike is taken for 17.
 */
function ioKeys(traits: PlanTraits): IoKeys {
  const { ioWords } = traits
  if (ioWords.has('')) return ioKeysOf([''], '')
  if (ioWords.has('shared/local') || (traits.beforeSeventeen && !ioWords.has('local')))
    return [...ioKeysOf(['shared/local', 'shared'], ''), ...ioKeysOf(['temp'], 'Temp ')]
  return [
    ...ioKeysOf(['shared'], 'Shared '),
    ...ioKeysOf(['local'], 'Local '),
    ...ioKeysOf(['temp'], 'Temp '),
  ]
}

/** Thousands of nodes ask, and one plan's words are all the same. */
const knownIoKeys = new WeakMap<ReadonlySet<string>, IoKeys>()

function recallIoKeys(traits: PlanTraits): IoKeys {
  const known = knownIoKeys.get(traits.ioWords)
  if (known !== undefined) return known
  const keys = ioKeys(traits)
  knownIoKeys.set(traits.ioWords, keys)
  return keys
}

/** Writes the I/O times of one record under the keys of its server; absent ones are zero. */
export function putIoTimes(record: MutableRecord, pending: RawValue | undefined, traits: PlanTraits): void {
  const said: RawRecord = typeof pending === 'object' && pending !== null ? (pending as RawRecord) : {}
  for (const [words, key] of recallIoKeys(traits)) {
    const word = words.find((one) => said[one] !== undefined)
    record[key] = word === undefined ? 0 : (said[word] ?? 0)
  }
}

const walKeys: ReadonlyMap<string, string> = new Map([
  ['records', 'WAL Records'],
  ['fpi', 'WAL FPI'],
  ['fpi bytes', 'WAL FPI Bytes'],
  ['bytes', 'WAL Bytes'],
  ['buffers full', 'WAL Buffers Full'],
])

export function putZeroWal(record: MutableRecord, traits: PlanTraits): void {
  for (const key of ['WAL Records', 'WAL FPI', 'WAL Bytes']) record[key] ??= 0
  if (traits.fractionalRows) record['WAL Buffers Full'] ??= 0
}

const walFigure = /([a-z]+(?: [a-z]+)?)=(\d{1,40})(?: |$)/y

/** `records=3 fpi=1 bytes=180 buffers full=2`; false for another shape. */
export function readWal(record: MutableRecord, text: string, traits: PlanTraits): boolean {
  const said: (readonly [string, number])[] = []
  walFigure.lastIndex = 0
  while (walFigure.lastIndex < text.length) {
    const match = walFigure.exec(text)
    const key = walKeys.get(match?.[1] ?? '')
    if (match === null || key === undefined) return false
    said.push([key, Number(match[2])])
  }
  if (said.length === 0) return false
  const counts = new Map(said)
  for (const key of walKeys.values()) {
    const count = counts.get(key)
    if (count !== undefined) record[key] = count
    else if (key === 'WAL Records' || key === 'WAL FPI' || key === 'WAL Bytes') record[key] = 0
  }
  traits.wal = true
  return true
}
