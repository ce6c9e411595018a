import { isRecord, type RawPlan, type RawRecord, type RawValue } from '../raw.ts'
import { createNames, type Names, type RedactedKind, type Redaction } from './names.ts'
import { redactSql } from './redact-sql.ts'

/** Replaces names and literals; the same one is replaced by the same word in every plan and text it is given. */
export interface Redactor {
  /** Shape and figures stay; names, literals and whatever an extension says in words do not. */
  plan(raw: RawPlan): RawPlan
  /** A statement, with its comments dropped. */
  text(sql: string): string
  /** In the order of first use. */
  mapping(): readonly Redaction[]
}

/** Texts of a plan that come from a fixed list of the server's. Whatever is not here is redacted. */
const plainKeys: ReadonlySet<string> = new Set([
  'Node Type',
  'Parent Relationship',
  'Join Type',
  'Strategy',
  'Partial Mode',
  'Operation',
  'Scan Direction',
  'Command',
  'Sort Method',
  'Sort Space Type',
  'Sort Methods Used',
  'Custom Plan Provider',
  'Storage',
  'Cache Mode',
  'Conflict Resolution',
  'Sampling Method',
  'Format',
  'Query Identifier',
])

/** Keys whose value is one name, or a list of names. */
const nameKeys: ReadonlyMap<string, RedactedKind> = new Map([
  ['Schema', 'schema'],
  ['Relation Name', 'relation'],
  ['Relation', 'relation'],
  ['Index Name', 'index'],
  ['Conflict Arbiter Indexes', 'index'],
  ['Alias', 'alias'],
  ['CTE Name', 'cte'],
  ['Tuplestore Name', 'object'],
  ['Function Name', 'function'],
  ['Table Function Name', 'function'],
  ['Trigger Name', 'object'],
  ['Constraint Name', 'object'],
])

/** Settings that hold names; the others are figures and switches. */
const namingSettings = /path|role|user|name|tablespace|authorization/

const isNumbered = /^\d|_\d+$/

/** `CTE recent` names a CTE; `InitPlan 1 (returns $0)` names nothing; 19 says `SubPlan exists_1`. */
function redactSubplanName(text: string, names: Names): string {
  const space = text.indexOf(' ')
  if (space === -1) return names.replace(text, 'object')
  const kind = text.slice(0, space)
  const name = text.slice(space + 1)
  if (kind === 'CTE') return `CTE ${names.replace(name, 'cte')}`
  return isNumbered.test(name.split(' (')[0] ?? '') ? text : `${kind} ${names.replace(name, 'object')}`
}

function redactText(key: string, text: string, names: Names): string {
  if (plainKeys.has(key)) return text
  const kind = nameKeys.get(key)
  if (kind !== undefined) return names.replace(text, kind)
  return key === 'Subplan Name' ? redactSubplanName(text, names) : redactSql(text, names)
}

function redactSettings(settings: RawRecord, names: Names): RawRecord {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      namingSettings.test(name) && typeof value === 'string' ? redactSql(value, names) : value,
    ]),
  )
}

type Container = RawRecord | readonly RawValue[]

/** Members with the key they stand under; those of a list stand under the list's. */
function entriesOf(container: Container, key: string): readonly (readonly [string, RawValue])[] {
  return Array.isArray(container)
    ? container.map((entry: RawValue) => [key, entry] as const)
    : Object.entries(container as RawRecord)
}

/** Gives relations, aliases and the like their words first, so that a condition that names them does not call them columns. */
function nameThings(root: RawPlan, names: Names): void {
  const open: (readonly [string, Container])[] = [['', root]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const inner: (readonly [string, Container])[] = []
    for (const [key, value] of entriesOf(next[1], next[0])) {
      if (typeof value === 'string') {
        if (nameKeys.has(key) || key === 'Subplan Name') redactText(key, value, names)
      } else if (typeof value === 'object' && value !== null) inner.push([key, value])
    }
    open.push(...inner.toReversed())
  }
}

/** A copy with every text redacted; iterates, since plans nest deeper than a stack. */
function copyRedacted(root: RawPlan, names: Names): RawPlan {
  const result: Record<string, RawValue> = {}
  const open: { key: string; from: Container; to: Record<string, RawValue> | RawValue[] }[] = [
    { key: '', from: root, to: result },
  ]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { to } = next
    for (const [key, value] of entriesOf(next.from, next.key)) {
      let copy: RawValue = value
      if (typeof value === 'string') copy = redactText(key, value, names)
      else if (key === 'Settings' && isRecord(value)) copy = redactSettings(value, names)
      else if (typeof value === 'object' && value !== null) {
        const inner: Record<string, RawValue> | RawValue[] = Array.isArray(value) ? [] : {}
        open.push({ key, from: value, to: inner })
        copy = inner
      }
      if (Array.isArray(to)) to.push(copy)
      else to[key] = copy
    }
  }
  return result as unknown as RawPlan
}

/**
 * Makes plans and statements fit to be shown to strangers: relations, columns, indexes, literals and role names become
 * `table_1`, `column_2`, `'text_3'`; types, functions and settings of the server itself stay. Nothing outside the list
 * of known words survives, so an extension's own texts are redacted too. The mapping stays with the caller.
 */
export function createRedactor(): Redactor {
  const names = createNames()
  return {
    plan(raw) {
      nameThings(raw, names)
      return copyRedacted(raw, names)
    },
    text: (sql) => redactSql(sql, names),
    mapping: () => names.list(),
  }
}
