import type { RawValue } from '../../raw.ts'
import { type PlanTraits, put, putExtra } from './drafts.ts'
import type { MutableRecord } from './mutable-record.ts'
import { splitList } from './split-list.ts'
import { plainNumber, type Reader, readers } from './value-readers.ts'

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

const putText =
  (label: string): Reader =>
  (record, text) => {
    record[label] = text
    return true
  }

const putList =
  (label: string): Reader =>
  (record, text, traits) => {
    record[label] = label === 'Conflict Arbiter Indexes' ? text.split(', ') : splitList(text)
    if (label === 'Output') traits.verbose = true
    return true
  }

/** How a label's line is read, and the key it is known by in a record. */
interface Property {
  readonly key: string
  readonly read: Reader
  readonly tellsRemoved: boolean
}

const toProperty = (label: string, read: Reader): readonly [string, Property] => [
  label,
  { key: firstKeys.get(label) ?? label, read, tellsRemoved: label.startsWith('Rows Removed by ') },
]

/** By label: everything that the server itself writes under a node or in a group. */
const properties: ReadonlyMap<string, Property> = new Map([
  ...[...readers].map(([label, read]) => toProperty(label, read)),
  ...[...textLabels].map((label) => toProperty(label, putText(label))),
  ...[...listLabels].map((label) => toProperty(label, putList(label))),
])

/** The labels that the server itself writes under a node or in a group. */
export const nodeLabels: readonly string[] = [...properties.keys()]

export const isKnownLabel = (label: string): boolean => properties.has(label)

/** The value of a label that we do not know: a number or a flag where it is nothing else, as JSON would have it. */
export function readScalar(text: string): RawValue {
  if (text === 'true' || text === 'false') return text === 'true'
  if (!plainNumber.test(text)) return text
  const number = Number(text)
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number
}

/** Puts `label: text` into a record, under the keys of JSON where the server wrote it; nothing is dropped or overwritten. */
export function readProperty(record: MutableRecord, label: string, text: string, traits: PlanTraits): void {
  const property = properties.get(label)
  if (property === undefined) {
    if (!Object.hasOwn(record, label)) put(record, label, readScalar(text))
    else {
      const said = record[label]
      if (Array.isArray(said)) said.push(readScalar(text))
      else put(record, label, [said ?? null, readScalar(text)])
    }
    return
  }
  if (record[property.key] !== undefined) {
    putExtra(record, `${label}: ${text}`)
    return
  }
  if (!property.read(record, text, traits)) put(record, label, readScalar(text))
  if (property.tellsRemoved) traits.rowsRemoved = true
}
