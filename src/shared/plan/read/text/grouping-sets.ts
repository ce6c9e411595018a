import type { MutableRecord } from './mutable-record.ts'
import { splitList } from './split-list.ts'

/**
 * Keys of an aggregate. One `Group Key` is a list on the node; any more of them, a `Hash Key` or an empty set are
 * grouping sets: each sort, and each hashed set, is a group of its own (explain.c, show_grouping_sets).
 */
export interface GroupingKeys {
  readonly sets: MutableRecord[]
  /** Indent of the sort key that opened the last set. */
  sortIndent: number | undefined
}

const keysOf = (text: string): string[] => (text === '()' || text === '' ? [] : splitList(text))

function lastSet(keys: GroupingKeys): MutableRecord | undefined {
  return keys.sets.at(-1)
}

function addKeys(set: MutableRecord, label: string, list: readonly string[]): void {
  const lists = set[label]
  if (Array.isArray(lists)) lists.push(list)
  else set[label] = [list]
}

/** Takes a `Group Key`, `Hash Key` or `Sort Key` line of an aggregate, at its indent. */
export function addGroupingLine(keys: GroupingKeys, label: string, text: string, indent: number): void {
  if (label === 'Sort Key') {
    keys.sets.push({ 'Sort Key': keysOf(text) })
    keys.sortIndent = indent
    return
  }
  const set = lastSet(keys)
  const isSorted = set?.['Sort Key'] !== undefined
  if (label === 'Hash Key') {
    if (set !== undefined && isSorted && Object.keys(set).length === 1)
      addKeys(set, 'Hash Keys', keysOf(text))
    else keys.sets.push({ 'Hash Keys': [keysOf(text)] })
    return
  }
  const goesOn =
    set !== undefined &&
    set['Hash Keys'] === undefined &&
    (!isSorted || set['Group Keys'] === undefined || indent > (keys.sortIndent ?? -1))
  if (goesOn) addKeys(set, 'Group Keys', keysOf(text))
  else keys.sets.push({ 'Group Keys': [keysOf(text)] })
}

/** The keys as JSON has them: a plain list, or grouping sets. */
export function groupingEntry(keys: GroupingKeys): readonly [string, MutableRecord[] | string[]] | undefined {
  const [first] = keys.sets
  if (first === undefined) return undefined
  const lists = first['Group Keys']
  const [only] = Array.isArray(lists) ? lists : []
  const isPlain =
    keys.sets.length === 1 &&
    first['Sort Key'] === undefined &&
    Array.isArray(lists) &&
    lists.length === 1 &&
    Array.isArray(only) &&
    only.length > 0
  return isPlain ? ['Group Key', only as string[]] : ['Grouping Sets', keys.sets]
}
