import { isTargetLine } from './classify-line.ts'
import { addChild, type NodeDraft, noDrafts, put, putExtra } from './drafts.ts'
import { type GroupingKeys, groupingEntry } from './grouping-sets.ts'
import type { MutableRecord } from './mutable-record.ts'
import { putRelation } from './node-head.ts'
import { readNodeLine } from './node-line.ts'
import { readNodeName } from './node-names.ts'
import { findOwner, noteContent, noteFigures, type OpenNode, type PlanState, taskName } from './plan-state.ts'
import { readTarget } from './target.ts'

/** Takes a node; `indent` is the column of its arrow, or of its name where it has none. */
export function takeNode(
  state: PlanState,
  text: string,
  hasArrow: boolean,
  indent: number,
  line: number,
): void {
  const { name, figures, rest, isCut } = readNodeLine(text)
  if (figures.actual !== undefined) noteFigures(state.traits, figures.actual)
  if (isCut) state.warnings.add(`The figures of a node end in the middle (line ${line}).`)
  const { heading, stack } = state
  state.heading = undefined
  const isRoot = state.drafts.length === 0
  let subplanName = heading?.text
  let headingAt = heading?.indent
  if (isRoot) {
    state.rootIndent = indent
    state.hasArrow = hasArrow
  } else if (state.isFlat) {
    stack.length = 0
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
    children: noDrafts,
    properties: {},
    workers: undefined,
    relationship: undefined,
    childCount: 0,
  }
  if (rest !== '') putExtra(draft.properties, rest)
  const parent = stack.at(-1)
  if (parent !== undefined) addChild(parent.draft, draft)
  const isAggregate = draft.name.kind.nodeType === 'Aggregate'
  const keys: GroupingKeys | undefined = isAggregate ? { sets: [], sortIndent: undefined } : undefined
  const open: OpenNode = { draft, column: isRoot ? -1 : indent, headingAt, contentAt: undefined, keys }
  if (keys !== undefined) state.openKeys.push([draft, keys])
  if (taskName.test(draft.name.kind.nodeType)) state.hasTasks = true
  state.drafts.push(draft)
  state.stack.push(open)
  state.owner = open
  state.sinks = []
}

export function takeHeading(state: PlanState, text: string, indent: number, line: number): void {
  noteContent(state.stack.at(-1), indent)
  if (text.includes('(returns $')) state.traits.beforeSeventeen = true
  state.heading = { text, indent, line }
}

/** A table that a write reaches, under a node that writes. */
export function takeTarget(state: PlanState, text: string, indent: number): boolean {
  const open = findOwner(state, indent)
  if (open === undefined || open.draft.name.kind.nodeType !== 'ModifyTable' || !isTargetLine(text))
    return false
  const target = readTarget(text.slice(text.indexOf(' on ') + 4))
  const record: MutableRecord = {}
  putRelation(record, target)
  // JSON leaves it out, and without VERBOSE nothing else tells that the table is another server's.
  if (text.startsWith('Foreign ')) record['Operation'] = text.slice(0, text.indexOf(' on '))
  const { properties } = open.draft
  const tables = properties['Target Tables']
  if (Array.isArray(tables)) tables.push(record)
  else properties['Target Tables'] = [record]
  state.sinks = [{ indent, record }]
  return true
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
