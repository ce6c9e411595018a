import type { LabelPlace } from './classify-line.ts'
import { type PlanTraits, put, putExtra } from './drafts.ts'
import { addGroupingLine } from './grouping-sets.ts'
import type { MutableRecord } from './mutable-record.ts'
import { putActual } from './node-head.ts'
import { readActual } from './node-line.ts'
import { findOwner, noteFigures, type PlanState, sinkFor, taskAround } from './plan-state.ts'
import { isKnownLabel, readProperty } from './properties.ts'
import { isStatementLabel, readStatementLine } from './statement-lines.ts'

export function takeWorker(
  state: PlanState,
  number: number,
  isJit: boolean,
  text: string,
  indent: number,
): void {
  if (isJit && indent <= state.rootIndent) {
    // Behind the tree, as 11 wrote it.
    takeBehind(state, `JIT for worker ${number}`, '', 'statement', indent)
    return
  }
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

export function takeExtra(state: PlanState, text: string, indent: number): void {
  const open = findOwner(state, indent)
  if (open === undefined) return
  putExtra(sinkFor(state, open, indent), text)
}

/** The heading under which older servers of its kind wrote them. */
const slices = 'Slice statistics'

/** What Greenplum says of a slice: of the statement, or of its JIT. */
export function takeSlice({ beside, group }: PlanState, text: string, indent: number): void {
  if (group !== undefined && indent > group.indent) {
    putExtra(group.record, text)
    return
  }
  const said = beside[slices]
  if (Array.isArray(said)) said.push(text)
  else put(beside, slices, [text])
}

/** Whether a label stands behind the tree. */
function isBehindTree(state: PlanState, label: string, where: LabelPlace, indent: number): boolean {
  if (where === 'statement') {
    if (taskAround(state, indent) !== undefined) return false
    const worker = state.sinks.at(-1)
    return !(label === 'JIT' && !state.isBehind && worker !== undefined && indent > worker.indent)
  }
  if (!state.isBehind) return where === 'unknown' && indent <= state.rootIndent && !state.isFlat
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

const isEmpty = (record: MutableRecord): boolean => Object.keys(record).length === 0

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
  const { keys } = open
  const isGrouping =
    keys !== undefined &&
    record === open.draft.properties &&
    (label === 'Group Key' || label === 'Hash Key' || label === 'Sort Key')
  if (isGrouping) {
    // Its key keeps the place of the first line.
    if (keys.sets.length === 0) record['Grouping Sets'] = null
    addGroupingLine(keys, label, text, indent)
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
