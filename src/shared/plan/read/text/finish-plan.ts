import { isRecord, type RawPlan, type RawPlanNode, type RawRecord, type RawValue } from '../../raw.ts'
import { type MutableRecord, type NodeDraft, type PlanTraits, put } from './drafts.ts'
import { pendingIo, putIoTimes, putZeroBlocks, putZeroWal } from './usage-lines.ts'

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

function putUsage(record: MutableRecord, traits: PlanTraits): void {
  if (traits.buffers) putZeroBlocks(record)
}

/** A record's keys with pending I/O times under their server's names, and zeros where the server means them. */
function finishRecord(
  record: RawRecord,
  traits: PlanTraits,
  counted: boolean,
  nodeType?: string,
): MutableRecord {
  const done: MutableRecord = {}
  for (const key in record) {
    const value = record[key]
    if (value === undefined) continue
    if (key === pendingIo && typeof value === 'object') {
      if (counted) putUsage(done, traits)
      putIoTimes(done, value, traits)
    } else put(done, key, isEmptyGroup(value) ? '' : value)
    const removed = nodeType === undefined ? undefined : removedKey(key, nodeType)
    if (removed !== undefined && counted && record[removed] === undefined && knowsRemoved(traits))
      done[removed] = 0
  }
  return done
}

/** A label without a value that no lines followed. */
const isEmptyGroup = (value: RawValue): boolean => isRecord(value) && Object.keys(value).length === 0

/** Servers before 9.2 did not count removed rows; those before 9.4 called their summary `Total runtime`. */
const knowsRemoved = (traits: PlanTraits): boolean => !traits.totalRuntime || traits.rowsRemoved

function putCounters(record: MutableRecord, traits: PlanTraits): void {
  if (traits.buffers) putZeroBlocks(record)
  if (traits.buffers && traits.ioWords.size > 0 && !saysIo(record)) putIoTimes(record, undefined, traits)
  if (traits.wal) putZeroWal(record, traits)
}

const saysIo = (record: RawRecord): boolean =>
  record['I/O Read Time'] !== undefined || record['Shared I/O Read Time'] !== undefined

function actualEntries({ figures }: NodeDraft, traits: PlanTraits): readonly (readonly [string, RawValue])[] {
  const { actual } = figures
  if (actual !== undefined) return toEntries(actual)
  if (!figures.neverExecuted) return []
  const times: readonly (readonly [string, RawValue])[] = [
    ['Actual Startup Time', 0],
    ['Actual Total Time', 0],
  ]
  return [...(traits.timed ? times : []), ['Actual Rows', 0], ['Actual Loops', 0]]
}

/** A line's `actual …` in JSON's keys. */
export function toEntries(
  actual: NonNullable<NodeDraft['figures']['actual']>,
): readonly (readonly [string, RawValue])[] {
  return [
    ...(actual.startupMs === undefined || actual.totalMs === undefined
      ? []
      : ([
          ['Actual Startup Time', actual.startupMs],
          ['Actual Total Time', actual.totalMs],
        ] as const)),
    ['Actual Rows', actual.rows],
    ['Actual Loops', actual.loops],
  ]
}

function headEntries(
  draft: NodeDraft,
  relationship: string | undefined,
  traits: PlanTraits,
): readonly (readonly [string, RawValue])[] {
  const { name, figures, subplanName } = draft
  const entries: (readonly [string, RawValue])[] = [['Node Type', name.nodeType], ...name.kind]
  if (relationship !== undefined) entries.push(['Parent Relationship', relationship])
  if (subplanName !== undefined) entries.push(['Subplan Name', subplanName])
  if (name.provider !== undefined) entries.push(['Custom Plan Provider', name.provider])
  entries.push(['Parallel Aware', name.isParallel])
  if (name.isAsync) entries.push(['Async Capable', true])
  // With VERBOSE a function is named with its schema; without one, the name is only the alias.
  const lacksFunction =
    traits.verbose && name.nodeType === 'Function Scan' && !name.details.some(([key]) => key === 'Schema')
  entries.push(...(lacksFunction ? name.details.filter(([key]) => key !== 'Function Name') : name.details))
  if (figures.cost !== undefined) {
    entries.push(
      ['Startup Cost', figures.cost.startup],
      ['Total Cost', figures.cost.total],
      ['Plan Rows', figures.cost.rows],
      ['Plan Width', figures.cost.width],
    )
  }
  entries.push(...actualEntries(draft, traits))
  // From 18 on, every node says it; means with decimals tell that this is 18.
  if (traits.fractionalRows && draft.properties['Disabled'] === undefined) entries.push(['Disabled', false])
  return entries
}

/** What JSON says under ANALYZE and text leaves out when it is zero or false. */
function putSilent(draft: NodeDraft, record: MutableRecord, analyzed: boolean): void {
  const { nodeType } = draft.name
  if (nodeType === 'Gather') record['Single Copy'] ??= false
  if (!analyzed) return
  if (nodeType === 'Bitmap Heap Scan' && record['Exact Heap Blocks'] === undefined) {
    record['Exact Heap Blocks'] = 0
    record['Lossy Heap Blocks'] = 0
  }
}

const memberParents: ReadonlySet<string> = new Set(['Append', 'Merge Append', 'BitmapAnd', 'BitmapOr'])

/** How each child hangs on its parent, in JSON's words. */
function relationships(draft: NodeDraft, traits: PlanTraits): readonly string[] {
  const { nodeType } = draft.name
  const ordinary = draft.children.filter((child) => child.subplanName === undefined).length
  let at = 0
  return draft.children.map((child) => {
    if (child.subplanName !== undefined)
      return child.subplanName.startsWith('SubPlan') ? 'SubPlan' : 'InitPlan'
    at += 1
    if (memberParents.has(nodeType)) return 'Member'
    // Up to 13 a write had one child for each table.
    if (nodeType === 'ModifyTable' && (ordinary > 1 || traits.lowerCaseSummary || traits.totalRuntime))
      return 'Member'
    if (nodeType === 'Subquery Scan') return 'Subquery'
    if (nodeType === 'Custom Scan') return ordinary === 1 ? 'child' : 'children'
    return at === 1 ? 'Outer' : at === 2 ? 'Inner' : 'Member'
  })
}

/** The tree, from drafts in pre-order: children are done before their parents, without recursion. */
function finishTree(drafts: readonly NodeDraft[], traits: PlanTraits): RawPlanNode | undefined {
  const relationshipOf = new Map<NodeDraft, string>()
  for (const draft of drafts)
    for (const [at, relationship] of relationships(draft, traits).entries()) {
      const child = draft.children[at]
      if (child !== undefined) relationshipOf.set(child, relationship)
    }
  const done = new Map<NodeDraft, RawPlanNode>()
  for (let at = drafts.length - 1; at >= 0; at -= 1) {
    const draft = drafts[at]
    if (draft === undefined) continue
    const record: MutableRecord = Object.fromEntries(headEntries(draft, relationshipOf.get(draft), traits))
    const analyzed = record['Actual Loops'] !== undefined
    const { 'Subplans Removed': removed, ...own } = draft.properties
    Object.assign(record, finishRecord(own, traits, analyzed, draft.name.nodeType))
    putSilent(draft, record, analyzed)
    if (analyzed) putCounters(record, traits)
    if (draft.workers.size > 0) {
      record['Workers'] = [...draft.workers].map(([number, worker]) => {
        const counted = worker['Actual Loops'] !== undefined
        const whole = { 'Worker Number': number, ...finishRecord(worker, traits, counted) }
        if (counted) putCounters(whole, traits)
        return whole
      })
    }
    if (removed !== undefined) record['Subplans Removed'] = removed
    const children = draft.children.flatMap((child) => done.get(child) ?? [])
    if (children.length > 0) record['Plans'] = children
    done.set(draft, record as RawPlanNode)
  }
  const [root] = drafts
  return root === undefined ? undefined : done.get(root)
}

/** The relation that a trigger's line leaves out: it does when there is one table only, that of the one write. */
function nameRelations(beside: MutableRecord, drafts: readonly NodeDraft[]): void {
  const triggers = beside['Triggers']
  if (!Array.isArray(triggers)) return
  const writes = drafts.filter((draft) => draft.name.nodeType === 'ModifyTable')
  const [write] = writes
  if (write === undefined || writes.length > 1) return
  const targets = write.properties['Target Tables']
  const [target] = Array.isArray(targets) ? targets : []
  const relation =
    typeof target === 'object' && target !== null
      ? (target as RawRecord)['Relation Name']
      : write.name.details.find(([key]) => key === 'Relation Name')?.[1]
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

/** The whole plan; undefined if there is no node. */
export function finishPlan(
  drafts: readonly NodeDraft[],
  before: MutableRecord,
  beside: MutableRecord,
  traits: PlanTraits,
): RawPlan | undefined {
  const root = finishTree(drafts, traits)
  if (root === undefined) return undefined
  nameRelations(beside, drafts)
  const plan: MutableRecord = { ...before, Plan: root }
  for (const key in beside) {
    const value = beside[key]
    if (value === undefined) continue
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const isUsage = key === 'Planning' || key === 'Serialization'
      const record = finishRecord(value as RawRecord, traits, isUsage)
      if (isUsage && traits.buffers) putCounters(record, { ...traits, wal: false })
      put(plan, key, record)
    } else put(plan, key, value)
  }
  return plan as unknown as RawPlan
}
