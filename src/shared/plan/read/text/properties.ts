import type { RawValue } from '../../raw.ts'
import { extraLines, type MutableRecord, type PlanTraits, put, putExtra } from './drafts.ts'
import { splitList } from './split-list.ts'
import { plainNumber, readers } from './value-readers.ts'

/** Labels whose value is text in JSON, even where it looks like a number or a flag. */
const textLabels: ReadonlySet<string> = new Set(
  [
    'Index Cond, Recheck Cond, TID Cond, Order By, Hash Cond, Merge Cond, Join Filter, Filter, One-Time Filter',
    'Conflict Filter, Conflict Resolution, Run Condition, Window, Cache Key, Cache Mode, Function Call',
    'Table Function Call, Remote SQL, Relations, Replaces, Query Text, Query Parameters, Vectorized Filter, Node',
  ].flatMap((line) => line.split(', ')),
)

/** Labels whose value is a list in JSON. */
const listLabels: ReadonlySet<string> = new Set([
  'Output',
  'Sort Key',
  'Presorted Key',
  'Group Key',
  'Hash Key',
  'Conflict Arbiter Indexes',
  'Params Evaluated',
])

/** Keys that a reader writes first, where they are not its label: a second line of the kind must not overwrite them. */
const firstKeys: ReadonlyMap<string, string> = new Map([
  ['Buckets', 'Hash Buckets'],
  ['Batches', 'HashAgg Batches'],
  ['Hits', 'Cache Hits'],
  ['Estimates', 'Estimated Capacity'],
  ['Heap Blocks', 'Exact Heap Blocks'],
  ['Sampling', 'Sampling Method'],
  ['Tuples', 'Tuples Inserted'],
  ['WAL', 'WAL Records'],
  ['Memory', 'Memory Used'],
])

/** Whether the server itself writes this label under a node or in a group. */
export function isKnownLabel(label: string): boolean {
  return readers.has(label) || textLabels.has(label) || listLabels.has(label)
}

/** The value of a label that we do not know: a number or a flag where it is nothing else, as JSON would have it. */
export function readScalar(text: string): RawValue {
  if (text === 'true' || text === 'false') return text === 'true'
  if (!plainNumber.test(text)) return text
  const number = Number(text)
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number
}

/** Puts `label: text` into a record, under the keys of JSON where the server wrote it; nothing is dropped or overwritten. */
export function readProperty(record: MutableRecord, label: string, text: string, traits: PlanTraits): void {
  const key = firstKeys.get(label) ?? label
  if (Object.hasOwn(record, key) && key !== extraLines) {
    if (isKnownLabel(label)) putExtra(record, `${label}: ${text}`)
    else {
      const said = record[key]
      if (Array.isArray(said)) said.push(readScalar(text))
      else put(record, key, [said ?? null, readScalar(text)])
    }
    return
  }
  if (textLabels.has(label)) record[label] = text
  else if (listLabels.has(label)) {
    record[label] = label === 'Conflict Arbiter Indexes' ? text.split(', ') : splitList(text)
    if (label === 'Output') traits.verbose = true
  } else {
    const read = readers.get(label)
    if (read === undefined || !read(record, text, traits)) put(record, label, readScalar(text))
    if (label.startsWith('Rows Removed by ')) traits.rowsRemoved = true
  }
}
