import { isRecord, type RawPlan, type RawPlanNode, type RawRecord, type RawValue } from '../../raw.ts'
import { type NodeDraft, noDrafts, type PlanTraits, put } from './drafts.ts'
import type { MutableRecord } from './mutable-record.ts'
import { putDisabled, putHead, scanHead } from './node-head.ts'
import { pendingBlocks, pendingIo, putBlocks, putIoTimes, putZeroBlocks, putZeroWal } from './usage-lines.ts'

/**
 * Puts the plan together with the keys of JSON and in its order. Text is silent about zeros that JSON prints: where
 * explain.c prints a counter for every node that it prints it for one, the silent ones are zero and are written so.
 */

/** Conditions, and the counter that stands beside each under ANALYZE. */
const removedBy: ReadonlyMap<string, string> = new Map([
  ['Filter', 'Rows Removed by Filter'],
  ['Join Filter', 'Rows Removed by Join Filter'],
  ['Conflict Filter', 'Rows Removed by Conflict Filter'],
  ['Index Cond', 'Rows Removed by Index Recheck'],
  ['Recheck Cond', 'Rows Removed by Index Recheck'],
])

/** Scans that check rows from an index once more; a Bitmap Index Scan leaves that to the heap scan above. */
const recheckingTypes: ReadonlySet<string> = new Set(['Index Scan', 'Index Only Scan', 'Bitmap Heap Scan'])

function removedKey(condition: string, nodeType: string): string | undefined {
  const key = removedBy.get(condition)
  return key === 'Rows Removed by Index Recheck' && !recheckingTypes.has(nodeType) ? undefined : key
}

/** A label without a value that no lines followed. */
const isEmptyGroup = (value: RawValue): boolean => isRecord(value) && Object.keys(value).length === 0

/** Servers before 9.2 did not count removed rows; those before 9.4 called their summary `Total runtime`. */
const knowsRemoved = (traits: PlanTraits): boolean => !traits.totalRuntime || traits.rowsRemoved

/** Sets a key, the common ones by name: the engine keeps objects that are built so in one shape. */
function putSaid(into: MutableRecord, key: string, value: RawValue): void {
  switch (key) {
    case 'Output':
      into['Output'] = value
      return
    case 'Index Cond':
      into['Index Cond'] = value
      return
    case 'Recheck Cond':
      into['Recheck Cond'] = value
      return
    case 'Hash Cond':
      into['Hash Cond'] = value
      return
    case 'Join Filter':
      into['Join Filter'] = value
      return
    case 'Filter':
      into['Filter'] = value
      return
    case 'Rows Removed by Filter':
      into['Rows Removed by Filter'] = value
      return
    case 'Rows Removed by Index Recheck':
      into['Rows Removed by Index Recheck'] = value
      return
    case 'Rows Removed by Join Filter':
      into['Rows Removed by Join Filter'] = value
      return
    case 'Heap Fetches':
      into['Heap Fetches'] = value
      return
    case 'Index Searches':
      into['Index Searches'] = value
      return
    case 'Sort Key':
      into['Sort Key'] = value
      return
    case 'Group Key':
      into['Group Key'] = value
      return
    default:
      put(into, key, value)
  }
}

/** Copies what a record's lines said: pending I/O times under their server's names, zeros where the server means them. */
function copySaid(
  into: MutableRecord,
  record: RawRecord,
  traits: PlanTraits,
  isCounted: boolean,
  nodeType?: string,
): void {
  for (const key in record) {
    const value = record[key]
    // What was pruned is said behind the workers.
    if (value === undefined || (key === 'Subplans Removed' && nodeType !== undefined)) continue
    if (typeof value !== 'object') {
      putSaid(into, key, value)
      if (nodeType === undefined || !isCounted || typeof value !== 'string') continue
      const removed = removedKey(key, nodeType)
      if (removed !== undefined && record[removed] === undefined && knowsRemoved(traits))
        putSaid(into, removed, 0)
    } else if (key === pendingBlocks && Array.isArray(value)) putBlocks(into, value as number[])
    else if (key === pendingIo) {
      if (isCounted && traits.buffers) putZeroBlocks(into)
      putIoTimes(into, value, traits)
    } else putSaid(into, key, isEmptyGroup(value) ? '' : value)
  }
}

const saysIo = (record: RawRecord): boolean =>
  record['I/O Read Time'] !== undefined || record['Shared I/O Read Time'] !== undefined

/** Counters that the plan tells elsewhere, and are zero here. */
function putCounters(record: MutableRecord, traits: PlanTraits): void {
  if (traits.buffers) putZeroBlocks(record)
  if (traits.buffers && traits.ioWords.size > 0 && !saysIo(record)) putIoTimes(record, undefined, traits)
  if (traits.wal) putZeroWal(record, traits)
}

/** What JSON says and text leaves out when it is zero or false. */
function putSilent(record: MutableRecord, nodeType: string, isAnalyzed: boolean): void {
  if (nodeType === 'Gather') record['Single Copy'] ??= false
  if (isAnalyzed && nodeType === 'Bitmap Heap Scan' && record['Exact Heap Blocks'] === undefined) {
    record['Exact Heap Blocks'] = 0
    record['Lossy Heap Blocks'] = 0
  }
}

const memberParents: ReadonlySet<string> = new Set(['Append', 'Merge Append', 'BitmapAnd', 'BitmapOr'])

/** Says how each child hangs on its parent, in JSON's words. */
function relateChildren(draft: NodeDraft, traits: PlanTraits): void {
  const { nodeType } = draft.name.kind
  let ordinary = 0
  for (const child of draft.children) if (child.subplanName === undefined) ordinary += 1
  let at = 0
  for (const child of draft.children) {
    if (child.subplanName === undefined) {
      at += 1
      child.relationship = ordinaryRelationship(nodeType, at, ordinary, traits)
    } else child.relationship = child.subplanName.startsWith('SubPlan') ? 'SubPlan' : 'InitPlan'
  }
}

function ordinaryRelationship(parentType: string, at: number, of: number, traits: PlanTraits): string {
  if (memberParents.has(parentType)) return 'Member'
  // Up to 13 a write had one child for each table.
  if (parentType === 'ModifyTable' && (of > 1 || traits.lowerCaseSummary || traits.totalRuntime))
    return 'Member'
  if (parentType === 'Subquery Scan') return 'Subquery'
  if (parentType === 'Custom Scan') return of === 1 ? 'child' : 'children'
  return at === 1 ? 'Outer' : at === 2 ? 'Inner' : 'Member'
}

function toWorker(number: number, said: RawRecord, traits: PlanTraits): RawRecord {
  const isCounted = said['Actual Loops'] !== undefined
  const worker: MutableRecord = { 'Worker Number': number }
  copySaid(worker, said, traits, isCounted)
  if (isCounted) putCounters(worker, traits)
  return worker
}

function toNode(draft: NodeDraft, children: readonly RawPlanNode[], traits: PlanTraits): RawPlanNode {
  const record: MutableRecord = scanHead(draft) ?? {}
  // Where the head is there already, its keys keep their places.
  if (record['Node Type'] === undefined) putHead(record, draft, traits)
  putDisabled(record, draft, traits)
  const isAnalyzed = record['Actual Loops'] !== undefined
  copySaid(record, draft.properties, traits, isAnalyzed, draft.name.kind.nodeType)
  putSilent(record, draft.name.kind.nodeType, isAnalyzed)
  if (isAnalyzed) putCounters(record, traits)
  if (draft.workers !== undefined)
    record['Workers'] = [...draft.workers].map(([number, said]) => toWorker(number, said, traits))
  const removed = draft.properties['Subplans Removed']
  if (removed !== undefined) record['Subplans Removed'] = removed
  if (children.length > 0) record['Plans'] = children
  return record as RawPlanNode
}

const noNodes: readonly RawPlanNode[] = []

/**
 * The tree, from drafts in pre-order: children are done before their parents, without recursion. Each draft is let go
 * when its node is done: of thousands, never both are kept.
 */
function finishTree(drafts: NodeDraft[], traits: PlanTraits): RawPlanNode | undefined {
  for (const draft of drafts) {
    relateChildren(draft, traits)
    draft.childCount = draft.children.length
    draft.children = noDrafts
  }
  // Those without their parent yet, the first child on top.
  const orphans: RawPlanNode[] = []
  for (let draft = drafts.pop(); draft !== undefined; draft = drafts.pop()) {
    const children = draft.childCount === 0 ? noNodes : orphans.splice(-draft.childCount).toReversed()
    orphans.push(toNode(draft, children, traits))
  }
  return orphans[0]
}

/** The relation that a trigger's line leaves out: it does when there is one table only, that of the one write. */
function nameRelations(beside: MutableRecord, drafts: readonly NodeDraft[]): void {
  const triggers = beside['Triggers']
  if (!Array.isArray(triggers)) return
  const writes = drafts.filter((draft) => draft.name.kind.nodeType === 'ModifyTable')
  const [write] = writes
  if (write === undefined || writes.length > 1) return
  const targets = write.properties['Target Tables']
  const [target] = Array.isArray(targets) ? targets : []
  const relation =
    typeof target === 'object' && target !== null
      ? (target as RawRecord)['Relation Name']
      : write.name.target?.name
  if (relation === undefined || (Array.isArray(targets) && targets.length > 1)) return
  beside['Triggers'] = triggers.map((trigger: RawRecord) => {
    if (trigger['Relation'] !== undefined) return trigger
    const { 'Trigger Name': name, 'Constraint Name': constraint, ...rest } = trigger
    return {
      ...(name === undefined ? {} : { 'Trigger Name': name }),
      ...(constraint === undefined ? {} : { 'Constraint Name': constraint }),
      Relation: relation,
      ...rest,
    }
  })
}

/** The whole plan; undefined if there is no node. Uses the drafts up. */
export function finishPlan(
  drafts: NodeDraft[],
  before: MutableRecord,
  beside: MutableRecord,
  traits: PlanTraits,
): RawPlan | undefined {
  nameRelations(beside, drafts)
  const root = finishTree(drafts, traits)
  if (root === undefined) return undefined
  const plan: MutableRecord = { ...before, Plan: root }
  for (const key in beside) {
    const value = beside[key]
    if (value === undefined) continue
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const isUsage = key === 'Planning' || key === 'Serialization'
      const record: MutableRecord = {}
      copySaid(record, value as RawRecord, traits, isUsage)
      if (isUsage && traits.buffers) putCounters(record, { ...traits, wal: false })
      put(plan, key, record)
    } else put(plan, key, value)
  }
  return plan as unknown as RawPlan
}
