import { labelOf, placeOf } from './classify-line.ts'

/** Lines of the server with several labels: the first, and those that come behind it. */
const laterLabels: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [
    'Sort Method: Memory, Disk',
    'Buckets: Batches, Memory Usage',
    'Planned Partitions: Batches, Memory Usage, Disk Usage',
    'Batches: Memory Usage, Disk Usage',
    'Hits: Misses, Evictions, Overflows, Memory Usage',
    'Full-sort Groups: Sort Method, Sort Methods, Average Memory, Peak Memory, Average Disk, Peak Disk',
    'Pre-sorted Groups: Sort Method, Sort Methods, Average Memory, Peak Memory, Average Disk, Peak Disk',
    'Storage: Maximum Storage',
  ].map((line) => {
    const [first = '', later = ''] = line.split(': ')
    return [first, new Set(later.split(', '))] as const
  }),
)

/** Lists of words: a piece of them has no label of its own. */
const wordLists: ReadonlySet<string> = new Set(['Options', 'Timing'])

/**
 * Whether a text is the rest of a line with several labels or words: `Sort Method: quicksort` | `Memory: 25kB`,
 * `Buckets: 1024  Batches: 1  Memory` | `Usage: 9kB`.
 *
 * @param previous the line's last piece, which the text would go on
 */
export function goesOnLine(line: string, previous: string, text: string): boolean {
  const first = labelOf(line)
  if (first === undefined) return false
  const label = labelOf(text)
  if (label === undefined) return wordLists.has(first) || text.startsWith('(originally ')
  const later = laterLabels.get(first)
  if (later === undefined) return false
  const word = previous.slice(previous.lastIndexOf(' ') + 1)
  return later.has(label) || later.has(`${word} ${label}`)
}

/** Whether two pieces have a label between them that the server writes: `Index` | `Cond: (a > 1)`. */
export function joinToLabel(previous: string, text: string): boolean {
  const label = labelOf(`${previous} ${text}`)
  return label !== undefined && label.length > previous.length && placeOf(label) === 'node'
}
