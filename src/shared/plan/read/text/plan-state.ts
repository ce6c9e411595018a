import { type NodeDraft, newTraits, type PlanTraits } from './drafts.ts'
import type { GroupingKeys } from './grouping-sets.ts'
import type { MutableRecord } from './mutable-record.ts'
import type { ActualFigures } from './scan-figures.ts'

/** A node whose lines or children may still come. */
export interface OpenNode {
  readonly draft: NodeDraft
  /** Column of its arrow; -1 for the root, which everything is inside of. */
  readonly column: number
  /** Column of the heading above it, if it has one. */
  readonly headingAt: number | undefined
  /** Column at which its own lines begin, once one was seen. */
  contentAt: number | undefined
  /** Of an aggregate. */
  readonly keys: GroupingKeys | undefined
}

/** Where lines further in than `indent` go. */
export interface Sink {
  readonly indent: number
  readonly record: MutableRecord
  /** Where the record itself hangs, if a label without a value opened it: it may turn out to be a block of text. */
  readonly under?: { readonly record: MutableRecord; readonly label: string }
}

/** Lines of a foreign text under a label, such as the plan of another server: kept as they stand. */
export interface Block {
  readonly indent: number
  /** Column of its first line, which the others are shown from. */
  readonly from: number
  readonly lines: string[]
}

/** What was read of one plan so far. */
export interface PlanState {
  readonly drafts: NodeDraft[]
  readonly beside: MutableRecord
  readonly traits: PlanTraits
  readonly warnings: Set<string>
  readonly stack: OpenNode[]
  sinks: Sink[]
  owner: OpenNode | undefined
  heading: { readonly text: string; readonly indent: number; readonly line: number } | undefined
  /** The group that was opened last behind the tree. */
  group: Sink | undefined
  block: Block | undefined
  /** True behind the tree. */
  isBehind: boolean
  rootIndent: number
  /** True if the root had an arrow: a piece of a plan. */
  hasArrow: boolean
  /** True if something took the indent: every line is of the node above it, see `plantByNeed`. */
  isFlat: boolean
  readonly openKeys: (readonly [NodeDraft, GroupingKeys])[]
  hasTasks: boolean
}

export function newState(): PlanState {
  return {
    drafts: [],
    beside: {},
    traits: newTraits(),
    warnings: new Set(),
    stack: [],
    sinks: [],
    owner: undefined,
    heading: undefined,
    group: undefined,
    block: undefined,
    isBehind: false,
    rootIndent: 0,
    hasArrow: false,
    isFlat: false,
    openKeys: [],
    hasTasks: false,
  }
}

export function noteFigures(traits: PlanTraits, actual: ActualFigures): void {
  if (actual.startupMs !== undefined) traits.timed = true
  if (actual.isFractional) traits.fractionalRows = true
}

/** The first line further in than a node tells where its own lines begin. */
export function noteContent(open: OpenNode | undefined, indent: number): void {
  if (open !== undefined && open.contentAt === undefined && indent > open.column) open.contentAt = indent
}

/**
 * The node that a line at this indent belongs to: the last one, unless it begins exactly where an earlier one's lines do
 * (extensions go on with a node behind its children).
 */
export function findOwner(state: PlanState, indent: number): OpenNode | undefined {
  const top = state.stack.at(-1)
  noteContent(top, indent)
  let owner = top
  if (!state.isFlat && (top?.contentAt === undefined || indent < top.contentAt)) {
    for (let at = state.stack.length - 2; at >= 0; at -= 1) {
      const open = state.stack[at]
      if (open?.contentAt === indent) {
        owner = open
        break
      }
    }
  }
  if (owner !== state.owner) {
    state.owner = owner
    state.sinks = []
  }
  return owner
}

/** The record that a line at this indent goes to: of a worker, a table or a group that it is further in than, or the node's. */
export function sinkFor(state: PlanState, open: OpenNode, indent: number): MutableRecord {
  while (state.sinks.length > 0 && indent <= (state.sinks.at(-1)?.indent ?? -1)) state.sinks.pop()
  return state.sinks.at(-1)?.record ?? open.draft.properties
}

/** Whether an unlabelled line at this indent stands exactly where a node's own lines do. */
export function isOwnColumn(state: PlanState, indent: number): boolean {
  if (indent <= state.rootIndent) return false
  const top = state.stack.at(-1)
  return top !== undefined && (state.sinks.at(-1)?.indent ?? -1) < indent && top.contentAt === indent
}

/** Names that Citus gives to what holds a plan of another server, or one that ran before. */
export const taskName = /^(?:Task$|Distributed Subplan )/

/** The task whose own plan a line at this indent is about: it says its times further in than the statement's. */
export function taskAround(state: PlanState, indent: number): OpenNode | undefined {
  if (!state.hasTasks) return undefined
  return state.stack.findLast(
    ({ draft, column }) => taskName.test(draft.name.kind.nodeType) && column < indent,
  )
}
