import { type RawRecord, readNumber } from '../raw.ts'

/** `hit=5 read=3`: the figures that are not zero, or undefined if all are. */
function figures(
  record: RawRecord,
  keys: readonly (readonly [word: string, key: string])[],
  digits: number,
): string | undefined {
  const words: string[] = []
  for (const [word, key] of keys) {
    const value = readNumber(record, key)
    if (value !== undefined && value > 0) words.push(`${word}=${value.toFixed(digits)}`)
  }
  return words.length === 0 ? undefined : words.join(' ')
}

function line(
  label: string,
  groups: readonly (readonly [word: string, figures: string | undefined])[],
): string | undefined {
  const said = groups.filter(([, text]) => text !== undefined)
  if (said.length === 0) return undefined
  return `${label}: ${said.map(([word, text]) => `${word}${word === '' ? '' : ' '}${text}`).join(', ')}`
}

const blocks = (kind: string, words: readonly string[]): readonly (readonly [string, string])[] =>
  words.map((word) => [word.toLowerCase(), `${kind} ${word} Blocks`] as const)

const allWords = ['Hit', 'Read', 'Dirtied', 'Written']

/** `Buffers: shared hit=5 read=3, temp written=2`; undefined when nothing was touched. */
export function formatBuffers(record: RawRecord): string | undefined {
  return line('Buffers', [
    ['shared', figures(record, blocks('Shared', allWords), 0)],
    ['local', figures(record, blocks('Local', allWords), 0)],
    ['temp', figures(record, blocks('Temp', ['Read', 'Written']), 0)],
  ])
}

const ioKeys = (prefix: string): readonly (readonly [string, string])[] => [
  ['read', `${prefix}I/O Read Time`],
  ['write', `${prefix}I/O Write Time`],
]

/** `I/O Timings: shared read=0.012`; the words changed in 15 (temp) and 17 (shared and local apart). */
export function formatIoTimings(record: RawRecord): string | undefined {
  if (record['I/O Read Time'] !== undefined) {
    const temp = figures(record, ioKeys('Temp '), 3)
    const word = record['Temp I/O Read Time'] === undefined ? '' : 'shared/local'
    return line('I/O Timings', [
      [word, figures(record, ioKeys(''), 3)],
      ['temp', temp],
    ])
  }
  return line('I/O Timings', [
    ['shared', figures(record, ioKeys('Shared '), 3)],
    ['local', figures(record, ioKeys('Local '), 3)],
    ['temp', figures(record, ioKeys('Temp '), 3)],
  ])
}

/** `WAL: records=3 bytes=180`. */
export function formatWal(record: RawRecord): string | undefined {
  const keys: readonly (readonly [string, string])[] = [
    ['records', 'WAL Records'],
    ['fpi', 'WAL FPI'],
    ['bytes', 'WAL Bytes'],
    ['buffers full', 'WAL Buffers Full'],
  ]
  return line('WAL', [['', figures(record, keys, 0)]])
}
