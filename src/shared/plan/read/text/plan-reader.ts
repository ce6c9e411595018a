import type { SourceLine } from '../source-line.ts'
import { isTargetLine, type LabelPlace } from './classify-line.ts'
import { type MutableRecord, type NodeDraft, newTraits, type PlanTraits, put, putExtra } from './drafts.ts'
import { putActual } from './finish-plan.ts'
import { addGroupingLine, type GroupingKeys, groupingEntry } from './grouping-sets.ts'
import { readActual, readNodeLine } from './node-line.ts'
import { readNodeName, targetEntries } from './node-names.ts'
import { isKnownLabel, readProperty } from './properties.ts'
import { isStatementLabel, readStatementLine } from './statement-lines.ts'
import { readTarget } from './target.ts'

/** A node whose lines or children may still come. */
interface OpenNode {
  readonly draft: NodeDraft
  /** Column of its arrow; -1 for the root, which everything is inside of. */
  readonly column: number
  /** Column of the heading above it, if it has one. */
  readonly headingAt: number | undefined
  /** Column at which its own lines begin, once one was seen. */
  contentAt: number | undefined
  readonly keys: GroupingKeys
}

/** Where lines further in than `indent` go. */
interface Sink {
  readonly indent: number
  readonly record: MutableRecord
  /** Where the record itself hangs, if a label without a value opened it: it may turn out to be a block of text. */
  readonly under?: { readonly record: MutableRecord; readonly label: string }
}

/** Lines of a foreign text under a label, such as the plan of another server: kept as they stand. */
interface Block {
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
    openKeys: [],
    hasTasks: false,
  }
}

const place = (line: SourceLine): string => `line ${line.line}`

function noteFigures(traits: PlanTraits, actual: NonNullable<NodeDraft['figures']['actual']>): void {
  if (actual.startupMs !== undefined) traits.timed = true
  if (actual.isFractional) traits.fractionalRows = true
}

/** Takes a node; `indent` is the column of its arrow, or of its name where it has none. */
export function takeNode(
  state: PlanState,
  text: string,
  hasArrow: boolean,
  indent: number,
  line: SourceLine,
): void {
  const { name, figures, rest, isCut } = readNodeLine(text)
  if (figures.actual !== undefined) noteFigures(state.traits, figures.actual)
  if (isCut) state.warnings.add(`The figures of a node end in the middle (${place(line)}).`)
  const { heading, stack } = state
  state.heading = undefined
  const isRoot = state.drafts.length === 0
  let subplanName = heading?.text
  let headingAt = heading?.indent
  if (isRoot) {
    state.rootIndent = indent
    state.hasArrow = hasArrow
  } else {
    const column = heading?.indent ?? indent
    noteContent(stack.at(-1), column)
    while (stack.length > 1 && (stack.at(-1)?.column ?? -1) >= column) {
      const closed = stack.pop()
      // Servers before 8.4 wrote one heading above several.
      if (heading === undefined && closed?.column === indent && (closed.headingAt ?? indent) < indent) {
        subplanName = closed.draft.subplanName
        headingAt = closed.headingAt
      }
    }
  }
  const draft: NodeDraft = {
    name: readNodeName(name),
    figures,
    subplanName,
    children: [],
    properties: {},
    workers: undefined,
    relationship: undefined,
    done: undefined,
  }
  if (rest !== '') putExtra(draft.properties, rest)
  stack.at(-1)?.draft.children.push(draft)
  const keys: GroupingKeys = { sets: [], sortIndent: undefined }
  const open: OpenNode = { draft, column: isRoot ? -1 : indent, headingAt, contentAt: undefined, keys }
  if (draft.name.nodeType === 'Aggregate') state.openKeys.push([draft, keys])
  if (taskName.test(draft.name.nodeType)) state.hasTasks = true
  state.drafts.push(draft)
  state.stack.push(open)
  state.owner = open
  state.sinks = []
}

/** The first line further in than a node tells where its own lines begin. */
function noteContent(open: OpenNode | undefined, indent: number): void {
  if (open !== undefined && open.contentAt === undefined && indent > open.column) open.contentAt = indent
}

export function takeHeading(state: PlanState, text: string, indent: number, line: SourceLine): void {
  noteContent(state.stack.at(-1), indent)
  state.heading = { text, indent, line: line.line }
}

/**
 * The node that a line at this indent belongs to: the last one, unless it begins exactly where an earlier one's lines do
 * (extensions go on with a node behind its children).
 */
function findOwner(state: PlanState, indent: number): OpenNode | undefined {
  const top = state.stack.at(-1)
  noteContent(top, indent)
  let owner = top
  if (top?.contentAt === undefined || indent < top.contentAt) {
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
function sinkFor(state: PlanState, open: OpenNode, indent: number): MutableRecord {
  while (state.sinks.length > 0 && indent <= (state.sinks.at(-1)?.indent ?? -1)) state.sinks.pop()
  return state.sinks.at(-1)?.record ?? open.draft.properties
}

/** Whether an unlabelled line at this indent stands exactly where a node's own lines do. */
export function isOwnColumn(state: PlanState, indent: number): boolean {
  if (indent <= state.rootIndent) return false
  const top = state.stack.at(-1)
  return top !== undefined && (state.sinks.at(-1)?.indent ?? -1) < indent && top.contentAt === indent
}

export function takeWorker(
  state: PlanState,
  number: number,
  isJit: boolean,
  text: string,
  indent: number,
): void {
  const open = findOwner(state, indent)
  if (open === undefined) return
  open.draft.workers ??= new Map()
  const { workers } = open.draft
  const record: MutableRecord = workers.get(number) ?? {}
  workers.set(number, record)
  state.sinks = [{ indent, record }]
  if (isJit) {
    const jit: MutableRecord = {}
    record['JIT'] = jit
    state.sinks.push({ indent, record: jit })
    return
  }
  takeWorkerText(state, record, text)
}

function takeWorkerText(state: PlanState, record: MutableRecord, text: string): void {
  const actual = readActual(text)
  if (actual !== undefined) {
    noteFigures(state.traits, actual)
    putActual(record, actual)
    return
  }
  const colon = text.indexOf(': ')
  if (colon > 0) readProperty(record, text.slice(0, colon), text.slice(colon + 2).trim(), state.traits)
  else if (text !== '') putExtra(record, text)
}

/** A table that a write reaches, under a node that writes. */
export function takeTarget(state: PlanState, text: string, indent: number): boolean {
  const open = findOwner(state, indent)
  if (open === undefined || open.draft.name.nodeType !== 'ModifyTable' || !isTargetLine(text)) return false
  const target = readTarget(text.slice(text.indexOf(' on ') + 4))
  const record: MutableRecord = Object.fromEntries(targetEntries('ModifyTable', target))
  const { properties } = open.draft
  const tables = properties['Target Tables']
  if (Array.isArray(tables)) tables.push(record)
  else properties['Target Tables'] = [record]
  state.sinks = [{ indent, record }]
  return true
}

export function takeExtra(state: PlanState, text: string, indent: number): void {
  const open = findOwner(state, indent)
  if (open === undefined) return
  putExtra(sinkFor(state, open, indent), text)
}

/** Names that Citus gives to what holds a plan of another server, or one that ran before. */
const taskName = /^(?:Task$|Distributed Subplan )/

/** The task whose own plan a line at this indent is about: it says its times further in than the statement's. */
function taskAround(state: PlanState, indent: number): OpenNode | undefined {
  if (!state.hasTasks) return undefined
  return state.stack.findLast(({ draft, column }) => taskName.test(draft.name.nodeType) && column < indent)
}

/** Whether a label stands behind the tree. */
function isBehindTree(state: PlanState, label: string, where: LabelPlace, indent: number): boolean {
  if (where === 'statement') {
    if (taskAround(state, indent) !== undefined) return false
    const worker = state.sinks.at(-1)
    return !(label === 'JIT' && !state.isBehind && worker !== undefined && indent > worker.indent)
  }
  if (!state.isBehind) return where === 'unknown' && indent <= state.rootIndent
  return where === 'unknown' || (where === 'group' && state.group !== undefined)
}

function takeBehind(state: PlanState, label: string, text: string, where: LabelPlace, indent: number): void {
  state.isBehind = true
  const { group, traits } = state
  if (group !== undefined && !isStatementLabel(label) && (indent > group.indent || where === 'group')) {
    takeInGroup(group.record, label, text, traits)
    return
  }
  const opened = readStatementLine(state.beside, label, text, traits)
  const under = text === '' && where === 'unknown' ? { under: { record: state.beside, label } } : {}
  state.group = opened === undefined ? undefined : { indent, record: opened, ...under }
}

/**
 * Takes a line as part of a block: text further in than a label without a value, which no property of a node is. False
 * if no such block is open.
 */
export function takeInBlock(state: PlanState, text: string, indent: number, isForeign: boolean): boolean {
  const { block } = state
  if (block !== undefined) {
    if (indent <= block.indent) state.block = undefined
    else block.lines.push(`${' '.repeat(Math.max(0, indent - block.from))}${text}`)
    return state.block !== undefined
  }
  const sink = state.isBehind ? state.group : state.sinks.at(-1)
  const under = sink?.under
  const opens =
    isForeign && sink !== undefined && under !== undefined && indent > sink.indent && isEmpty(sink.record)
  if (!opens) return false
  const lines = [text]
  put(under.record, under.label, lines)
  state.block = { indent: sink.indent, from: indent, lines }
  return true
}

const isEmpty = (record: MutableRecord): boolean => Object.keys(record).length === 0

function takeInGroup(record: MutableRecord, label: string, text: string, traits: PlanTraits): void {
  const ms = /^(\d{1,18}(?:\.\d{1,9})?) ms$/.exec(text)
  if (ms !== null && !isKnownLabel(label)) put(record, label, Number(ms[1]))
  else readProperty(record, label, text, traits)
}

/** Takes `label: text`, wherever it belongs. */
export function takeLabel(
  state: PlanState,
  label: string,
  text: string,
  where: LabelPlace,
  indent: number,
): void {
  if (isBehindTree(state, label, where, indent)) {
    takeBehind(state, label, text, where, indent)
    return
  }
  const task = where === 'statement' ? taskAround(state, indent) : undefined
  if (task !== undefined) {
    // Its `Planning` and `JIT` open groups as those of the statement do.
    const opened = readStatementLine(task.draft.properties, label, text, state.traits)
    state.owner = task
    state.sinks = opened === undefined ? [] : [{ indent, record: opened }]
    return
  }
  const open = findOwner(state, indent)
  if (open === undefined) return
  const record = sinkFor(state, open, indent)
  if (label === 'JIT' && text === '') {
    const jit: MutableRecord = {}
    record['JIT'] = jit
    state.sinks.push({ indent, record: jit })
    return
  }
  const isGrouping =
    open.draft.name.nodeType === 'Aggregate' &&
    record === open.draft.properties &&
    (label === 'Group Key' || label === 'Hash Key' || label === 'Sort Key')
  if (isGrouping) {
    // Its key keeps the place of the first line.
    if (open.keys.sets.length === 0) record['Grouping Sets'] = null
    addGroupingLine(open.keys, label, text, indent)
    return
  }
  if (text === '' && where === 'unknown') {
    // Lines further in belong to it; without any it is an empty text.
    const group: MutableRecord = {}
    if (Object.hasOwn(record, label)) return
    put(record, label, group)
    state.sinks.push({ indent, record: group, under: { record, label } })
    return
  }
  readProperty(record, label, text, state.traits)
}

/** Puts the keys of aggregates where their first line stood. */
export function settleKeys(state: PlanState): void {
  for (const [draft, keys] of state.openKeys) {
    const entry = groupingEntry(keys)
    if (entry === undefined) continue
    const { properties } = draft
    const entries = Object.entries(properties)
    for (const [key, value] of entries) {
      delete properties[key]
      if (key === 'Grouping Sets') properties[entry[0]] = entry[1]
      else put(properties, key, value)
    }
  }
}
