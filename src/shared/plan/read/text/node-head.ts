import type { NodeDraft, PlanTraits } from './drafts.ts'
import type { MutableRecord } from './mutable-record.ts'
import type { NodeKind } from './node-names.ts'
import type { ActualFigures } from './scan-figures.ts'
import type { Target } from './target.ts'

/** A line's `actual …` in JSON's keys. */
export function putActual(record: MutableRecord, actual: ActualFigures): void {
  if (actual.startupMs !== undefined && actual.totalMs !== undefined) {
    record['Actual Startup Time'] = actual.startupMs
    record['Actual Total Time'] = actual.totalMs
  }
  record['Actual Rows'] = actual.rows
  record['Actual Loops'] = actual.loops
}

const neverRan: ActualFigures = {
  startupMs: undefined,
  totalMs: undefined,
  rows: 0,
  loops: 0,
  isFractional: false,
}
const neverRanTimed: ActualFigures = { ...neverRan, startupMs: 0, totalMs: 0 }

/** A relation that a node reads or writes, in JSON's keys. */
export function putRelation(record: MutableRecord, { name, schema, alias }: Target): void {
  record['Relation Name'] = name
  if (schema !== undefined) record['Schema'] = schema
  record['Alias'] = alias ?? name
}

/** What a node reads, in JSON's keys. */
function putTarget(
  record: MutableRecord,
  { nodeType, targetKey }: NodeKind,
  target: Target,
  traits: PlanTraits,
): void {
  if (targetKey === 'Relation Name') {
    putRelation(record, target)
    return
  }
  // With VERBOSE a function is named with its schema; without one, the name is only the alias.
  const lacksFunction = traits.verbose && nodeType === 'Function Scan' && target.schema === undefined
  if (targetKey !== undefined && !lacksFunction) record[targetKey] = target.name
  if (targetKey !== undefined && target.schema !== undefined) record['Schema'] = target.schema
  record['Alias'] = target.alias ?? target.name
}

/** What a node's own line says, in JSON's keys and their order. */
export function putHead(record: MutableRecord, draft: NodeDraft, traits: PlanTraits): void {
  const { name, figures, relationship, subplanName } = draft
  const { kind } = name
  record['Node Type'] = kind.nodeType
  for (const [key, value] of kind.entries) record[key] = value
  if (relationship !== undefined) record['Parent Relationship'] = relationship
  if (subplanName !== undefined) record['Subplan Name'] = subplanName
  if (kind.provider !== undefined) record['Custom Plan Provider'] = kind.provider
  record['Parallel Aware'] = kind.isParallel
  if (kind.isAsync) record['Async Capable'] = true
  if (kind.direction !== undefined) record['Scan Direction'] = kind.direction
  if (name.index !== undefined) record['Index Name'] = name.index
  if (name.target !== undefined) putTarget(record, kind, name.target, traits)
  for (const [key, value] of kind.details) record[key] = value
  if (figures.cost !== undefined) {
    record['Startup Cost'] = figures.cost.startup
    record['Total Cost'] = figures.cost.total
    record['Plan Rows'] = figures.cost.rows
    record['Plan Width'] = figures.cost.width
  }
  if (figures.actual !== undefined) putActual(record, figures.actual)
  else if (figures.neverExecuted) putActual(record, traits.timed ? neverRanTimed : neverRan)
  if (figures.masked !== undefined) Object.assign(record, figures.masked)
}

/** From 18 on, every node says it; means with decimals tell that this is 18. */
export function putDisabled(record: MutableRecord, draft: NodeDraft, traits: PlanTraits): void {
  if (traits.fractionalRows && draft.properties['Disabled'] === undefined) record['Disabled'] = false
}

/**
 * The head of the commonest of thousands of nodes, a scan that ran, in one piece: so the engine gives the record its room
 * at once, instead of a few keys at a time. Undefined for other nodes.
 */
export function scanHead({ name, figures, relationship, subplanName }: NodeDraft): MutableRecord | undefined {
  const { kind, target } = name
  const { nodeType, isParallel } = kind
  const { cost, actual } = figures
  const isOther =
    subplanName !== undefined ||
    kind.provider !== undefined ||
    kind.isAsync ||
    kind.direction !== undefined ||
    name.index !== undefined ||
    kind.targetKey !== 'Relation Name' ||
    kind.entries.length + kind.details.length > 0
  if (isOther || relationship === undefined || cost === undefined || target === undefined) return undefined
  if (actual?.startupMs === undefined || actual.totalMs === undefined) return undefined
  if (target.schema === undefined)
    return {
      'Node Type': nodeType,
      'Parent Relationship': relationship,
      'Parallel Aware': isParallel,
      'Relation Name': target.name,
      Alias: target.alias ?? target.name,
      'Startup Cost': cost.startup,
      'Total Cost': cost.total,
      'Plan Rows': cost.rows,
      'Plan Width': cost.width,
      'Actual Startup Time': actual.startupMs,
      'Actual Total Time': actual.totalMs,
      'Actual Rows': actual.rows,
      'Actual Loops': actual.loops,
    }
  return {
    'Node Type': nodeType,
    'Parent Relationship': relationship,
    'Parallel Aware': isParallel,
    'Relation Name': target.name,
    Schema: target.schema,
    Alias: target.alias ?? target.name,
    'Startup Cost': cost.startup,
    'Total Cost': cost.total,
    'Plan Rows': cost.rows,
    'Plan Width': cost.width,
    'Actual Startup Time': actual.startupMs,
    'Actual Total Time': actual.totalMs,
    'Actual Rows': actual.rows,
    'Actual Loops': actual.loops,
  }
}
