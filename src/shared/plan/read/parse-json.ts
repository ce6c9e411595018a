import { isRawPlanNode, isRecord, type RawPlan, type RawPlanNode, type RawValue } from '../raw.ts'
import { type JsonReading, locate, readJsonText, writeJsonText } from './json-text.ts'

export type PlanErrorCode = 'empty' | 'notJson' | 'broken' | 'truncated' | 'notAPlan'

/** Why something could not be read as a plan; line and column count from 1 and are absent for values. */
export interface PlanError {
  readonly code: PlanErrorCode
  readonly message: string
  readonly line: number | undefined
  readonly column: number | undefined
}

export type PlanReading =
  | {
      readonly ok: true
      /** The first plan. */
      readonly plan: RawPlan
      /** All plans: a statement that rules rewrite to several has several. */
      readonly plans: readonly RawPlan[]
      readonly warnings: readonly string[]
    }
  | { readonly ok: false; readonly error: PlanError }

type Offsets = JsonReading['offsets']

/** A shape that is not a plan, with the value that shows it. */
interface Misfit {
  readonly message: string
  readonly at: unknown
}

/** `QUERY PLAN` is the column of EXPLAIN's answer; clients that save rows as JSON wrap the plan in it. */
function unwrap(value: unknown): unknown {
  let inner = value
  for (let layer = 0; layer < 4; layer += 1) {
    if (Array.isArray(inner) && inner.length === 1 && isRecord(inner[0]) && 'QUERY PLAN' in inner[0])
      inner = inner[0]
    if (!isRecord(inner) || inner['QUERY PLAN'] === undefined) break
    inner = inner['QUERY PLAN']
    if (typeof inner === 'string') inner = parseOrKeep(inner)
  }
  return inner
}

/** Drivers that hand JSON columns over as text put JSON inside JSON. */
function parseOrKeep(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Walks a tree without recursion and says what is not a node, if anything. */
function findMisfit(root: RawValue | undefined): Misfit | undefined {
  const open: unknown[] = [root]
  while (open.length > 0) {
    const node = open.pop()
    if (!isRecord(node)) return { message: 'a plan node must be an object', at: node }
    if (!isRawPlanNode(node)) return { message: 'a plan node lacks its "Node Type"', at: node }
    const children = node['Plans']
    if (children === undefined || children === null) continue
    if (!Array.isArray(children))
      return { message: `"Plans" of ${node['Node Type']} must be a list`, at: node }
    for (const child of children) {
      if (!isRecord(child))
        return { message: `a plan node under ${node['Node Type']} must be an object`, at: node }
      open.push(child)
    }
  }
  return undefined
}

const standsAlone = 'The tree stands alone, without what EXPLAIN says beside it (planning, triggers, JIT).'
const mostWarnings = 100

function collectPlans(value: unknown, warnings: string[]): readonly RawPlan[] | Misfit {
  const inner = unwrap(value)
  const statements: readonly unknown[] = Array.isArray(inner) ? inner : [inner]
  const plans: RawPlan[] = []
  let foreign: unknown
  for (const statement of statements) {
    if (isRawPlanNode(statement) && statement['Plan'] === undefined) {
      const bare: RawPlanNode = statement
      const misfit = findMisfit(bare)
      if (misfit !== undefined) return misfit
      if (!warnings.includes(standsAlone)) warnings.push(standsAlone)
      plans.push({ Plan: bare })
    } else if (isRecord(statement) && statement['Plan'] !== undefined) {
      const misfit = findMisfit(statement['Plan'])
      if (misfit !== undefined) return misfit
      plans.push(statement as RawPlan)
    } else {
      foreign = statement
      if (typeof statement === 'string' && warnings.length < mostWarnings)
        warnings.push(`A statement has no plan: ${statement.slice(0, 80)}.`)
    }
  }
  if (plans.length > 0) return plans
  const message =
    warnings.length > 0
      ? 'EXPLAIN shows no plan for this statement: it is a utility statement'
      : 'this is JSON, but not the output of EXPLAIN (FORMAT JSON): there is no "Plan"'
  return { message, at: foreign }
}

const isMisfit = (result: readonly RawPlan[] | Misfit): result is Misfit => !Array.isArray(result)

/** What a JSON text holds, with places as offsets: the caller knows where the text stood. */
export type JsonDocument =
  | {
      readonly ok: true
      readonly plans: readonly RawPlan[]
      readonly warnings: readonly string[]
      /** Where a plan begins, if the reader kept places. */
      readonly offsets: Offsets | undefined
    }
  | {
      readonly ok: false
      readonly code: PlanErrorCode
      /** A clause without a full stop. */
      readonly message: string
      readonly offset: number
      /** The value, where it is whole JSON but no plan. */
      readonly value?: unknown
      /** Of broken JSON: what was read until there. */
      readonly partial?: () => RawValue | undefined
    }

/** An error as a sentence with its place in it. */
export function planError(
  code: PlanErrorCode,
  message: string,
  place: { readonly line: number | undefined; readonly column: number | undefined },
): PlanError {
  const where = place.line === undefined ? '' : ` (line ${place.line}, column ${place.column})`
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}${where}.`
  return { code, message: sentence, line: place.line, column: place.column }
}

function accept(value: unknown, warnings: string[], text?: string, offsets?: Offsets): JsonDocument {
  const plans = collectPlans(value, warnings)
  if (isMisfit(plans)) {
    // The engine's parser keeps no positions: read once more with the one that does.
    if (text !== undefined && offsets === undefined) return parseSlowly(text)
    const offset = typeof plans.at === 'object' && plans.at !== null ? offsets?.get(plans.at) : undefined
    return { ok: false, code: 'notAPlan', message: plans.message, offset: offset ?? 0, value }
  }
  return { ok: true, plans, warnings, offsets }
}

/** Servers before 13 could write `Workers` twice on one node; `JSON.parse` would silently keep the last. */
function saysKeyTwice(text: string, key: string, value: unknown): boolean {
  // From 14 on every node says this.
  if (text.includes('"Async Capable":')) return false
  let said = 0
  const quoted = `"${key}":`
  for (let at = text.indexOf(quoted); at !== -1; at = text.indexOf(quoted, at + quoted.length)) said += 1
  if (said < 2) return false
  const open: unknown[] = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (Array.isArray(next)) {
      for (const entry of next) if (typeof entry === 'object' && entry !== null) open.push(entry)
    } else if (isRecord(next)) {
      if (Object.hasOwn(next, key)) said -= 1
      for (const name in next) {
        const entry = next[name]
        if (typeof entry === 'object' && entry !== null) open.push(entry)
      }
    }
  }
  return said > 0
}

const queryIdKey = '"Query Identifier":'
const integerToken = /\s*(-?\d+)/y

/**
 * The last `count` query ids as the text spells them, in its order: they stand behind the tree, so look from the end.
 * Escaped quotes before the key mean that it stands inside another text.
 */
function findQueryIds(text: string, count: number): readonly string[] {
  const ids: string[] = []
  for (
    let at = text.lastIndexOf(queryIdKey);
    at > 0 && ids.length < count;
    at = text.lastIndexOf(queryIdKey, at - 1)
  ) {
    integerToken.lastIndex = at + queryIdKey.length
    const id = integerToken.exec(text)?.[1]
    if (id !== undefined && text[at - 1] !== '\\') ids.unshift(id)
  }
  return ids
}

/**
 * A query id has 64 bits, more than a JavaScript number keeps: one that would lose digits stays text, so that it
 * still finds its row in pg_stat_statements.
 */
function keepQueryIds(text: string, value: unknown): unknown {
  const inner = unwrap(value)
  const statements: readonly unknown[] = Array.isArray(inner) ? inner : [inner]
  const owners = statements.filter(
    (entry) => isRecord(entry) && typeof entry['Query Identifier'] === 'number',
  )
  if (owners.length === 0) return value
  const ids = findQueryIds(text, owners.length)
  if (owners.length !== ids.length) return value
  for (const [at, id] of ids.entries()) {
    const owner = owners[at] as Record<string, unknown>
    if (!Number.isSafeInteger(Number(id))) owner['Query Identifier'] = id
  }
  return value
}

/** Reads JSON text that is nothing but one document. */
export function readJsonDocument(text: string): JsonDocument {
  if (text.trim() === '')
    return { ok: false, code: 'empty', message: 'there is no text to read a plan from', offset: 0 }
  let value: unknown
  try {
    value = keepQueryIds(text, JSON.parse(text))
  } catch {
    return parseSlowly(text)
  }
  return saysKeyTwice(text, 'Workers', value) ? parseSlowly(text) : accept(value, [], text)
}

function parseSlowly(text: string): JsonDocument {
  const reading = readJsonText(text)
  if (!reading.ok) {
    const { offset, partial } = reading
    return reading.truncated
      ? { ok: false, code: 'truncated', message: reading.message, offset, partial }
      : { ok: false, code: 'notJson', message: `this is not JSON: ${reading.message}`, offset, partial }
  }
  const warnings = [
    ...[...reading.repeatedKeys].map(
      (key) => `The key "${key}" stands twice on one node; both lists were kept.`,
    ),
    ...[...reading.strayKeys].map(
      (key) => `The server wrote "${key}" inside a list; it was kept on the node.`,
    ),
  ]
  return accept(keepQueryIds(text, reading.value), warnings, text, reading.offsets)
}

/** The plans of a value that a driver or another reader made. */
export const readJsonValue = (value: unknown): JsonDocument => accept(value, [])

/**
 * Reads the output of `EXPLAIN (FORMAT JSON)`: its text, or the value a driver already made of it.
 *
 * Accepts the list of statements, one statement, a bare tree, and rows saved with their `QUERY PLAN` column. Keys
 * are kept as they came, unknown ones included. Never throws and never recurses.
 */
export function parsePlanJson(input: string | object): PlanReading {
  const document = typeof input === 'string' ? readJsonDocument(input) : readJsonValue(input)
  if (document.ok) {
    const [plan] = document.plans
    if (plan !== undefined) return { ok: true, plan, plans: document.plans, warnings: document.warnings }
  }
  const { code, message, offset } = document.ok
    ? { code: 'notAPlan' as const, message: 'there is no plan in it', offset: 0 }
    : document
  const place = typeof input === 'string' ? locate(input, offset) : { line: undefined, column: undefined }
  return { ok: false, error: planError(code, message, place) }
}

/** The plan as JSON text in the server's layout; parsing it again gives the same raw tree. */
export function dumpPlanJson(raw: RawPlan): string {
  return writeJsonText([raw])
}
