import type { MetricSample } from '#shared/series/index.ts'
import type { FileTexts } from './files.ts'

/** One thing that is told of a machine: which files it takes, and what it makes of them. */
export interface Part {
  /** Wanted at the coming look. */
  readonly paths: () => readonly string[]
  /** Remembers what the next look is compared with. Counters tell nothing at the first. */
  readonly take: (texts: FileTexts) => readonly MetricSample[]
}

/** Compares each reading with the one before: the first has none. */
export function sinceLast<Reading, Answer>(
  compare: (before: Reading, now: Reading) => readonly Answer[],
): (now: Reading | undefined) => readonly Answer[] {
  let before: Reading | undefined
  return (now) => {
    const last = before
    before = now
    return last === undefined || now === undefined ? [] : compare(last, now)
  }
}

/** A part that reads one file. */
export function fromFile(path: string, take: (text: string | undefined) => readonly MetricSample[]): Part {
  return { paths: () => [path], take: (texts) => take(texts.get(path)) }
}
