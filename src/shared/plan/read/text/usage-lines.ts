import type { RawRecord, RawValue } from '../../raw.ts'
import { type MutableRecord, type PlanTraits, put } from './drafts.ts'

/** The lines about what a node used: blocks, time for I/O, WAL. Text leaves zeros out, JSON says them. */

const title = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`

const blockKeys = [
  ...['Hit', 'Read', 'Dirtied', 'Written'].map((word) => `Shared ${word} Blocks`),
  ...['Hit', 'Read', 'Dirtied', 'Written'].map((word) => `Local ${word} Blocks`),
  ...['Read', 'Written'].map((word) => `Temp ${word} Blocks`),
]

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

export function putZeroBlocks(record: MutableRecord): void {
  for (const key of blockKeys) if (record[key] === undefined) record[key] = 0
}

/** `shared hit=5 read=3, temp written=2` as the ten counters of JSON; false for another shape. */
export function readBuffers(record: MutableRecord, text: string, traits: PlanTraits): boolean {
  const groups = readGroups(text)
  if (groups === undefined) return false
  const counts = new Map<string, number>()
  for (const [kind, figures] of groups)
    for (const [word, count] of figures) counts.set(`${title(kind)} ${title(word)} Blocks`, count)
  for (const key of counts.keys()) if (!blockKeys.includes(key)) return false
  for (const key of blockKeys) record[key] = counts.get(key) ?? 0
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

/** Keys of I/O times by the words of the text; their names changed in 15 (temp) and 17 (shared and local apart). */
function ioKeys(traits: PlanTraits): readonly (readonly [word: string, key: string])[] {
  const { ioWords } = traits
  const keys = (word: string, prefix: string): readonly (readonly [string, string])[] => [
    [`${word} read`, `${prefix}I/O Read Time`],
    [`${word} write`, `${prefix}I/O Write Time`],
  ]
  if (ioWords.has('shared') || ioWords.has('local') || traits.seventeen || traits.fractionalRows)
    return [...keys('shared', 'Shared '), ...keys('local', 'Local '), ...keys('temp', 'Temp ')]
  if (ioWords.has('')) return keys('', '')
  return [...keys('shared/local', ''), ...keys('temp', 'Temp ')]
}

/** Writes the I/O times of one record under the keys of its server; absent ones are zero. */
export function putIoTimes(record: MutableRecord, pending: RawValue | undefined, traits: PlanTraits): void {
  const said: RawRecord = typeof pending === 'object' && pending !== null ? (pending as RawRecord) : {}
  for (const [word, key] of ioKeys(traits)) record[key] = said[word] ?? 0
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
