import { extraLines, type RawValue } from '../../raw.ts'
import type { MutableRecord } from './mutable-record.ts'
import type { NodeFigures } from './node-line.ts'
import type { NodeName } from './node-names.ts'

/** Sets a key, whatever its name. */
export function put(record: MutableRecord, key: string, value: RawValue): void {
  if (key === '__proto__')
    Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true })
  else record[key] = value
}

export function putExtra(record: MutableRecord, text: string): void {
  const said = record[extraLines]
  if (Array.isArray(said)) said.push(text)
  else record[extraLines] = [text]
}

/** A node while it is read: its name and figures, what its lines said, and its children. */
export interface NodeDraft {
  readonly name: NodeName
  readonly figures: NodeFigures
  readonly subplanName: string | undefined
  children: readonly NodeDraft[]
  readonly properties: MutableRecord
  /** By number, in the order in which they were named. */
  workers: Map<number, MutableRecord> | undefined
  /** `Parent Relationship`, once all its siblings are known. */
  relationship: string | undefined
  /** How many children it had, once they are related. */
  childCount: number
}

/** Most nodes have no child, and most others one: lists that grow take much more room. */
export const noDrafts: readonly NodeDraft[] = []

export function addChild(parent: NodeDraft, child: NodeDraft): void {
  const { children } = parent
  const first = children[0]
  if (first === undefined) parent.children = [child]
  else if (children.length === 1) parent.children = [first, child]
  else (parent.children as NodeDraft[]).push(child)
}

/** What the lines of a whole plan tell about how it was asked for. */
export interface PlanTraits {
  timed: boolean
  buffers: boolean
  wal: boolean
  verbose: boolean
  /** Mean rows with decimals: 18 or later. */
  fractionalRows: boolean
  /** `Total runtime`: 9.3 or older, where labels were fewer. */
  totalRuntime: boolean
  /** `Planning time` in lower case: 10 or older. */
  lowerCaseSummary: boolean
  rowsRemoved: boolean
  /** The words of I/O timings that were met. */
  readonly ioWords: Set<string>
  /** An InitPlan that returns `$0`: 16 or older. */
  beforeSeventeen: boolean
}

export function newTraits(): PlanTraits {
  return {
    timed: false,
    buffers: false,
    wal: false,
    verbose: false,
    fractionalRows: false,
    totalRuntime: false,
    lowerCaseSummary: false,
    rowsRemoved: false,
    ioWords: new Set(),
    beforeSeventeen: false,
  }
}
