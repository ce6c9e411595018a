import {
  isRecord,
  listRawNodes,
  type RawPlan,
  type RawRecord,
  readNumber,
  readRecords,
  readScalar,
  readText,
} from '../raw.ts'
import { formatJit } from './jit-text.ts'
import type { TextStyle } from './node-text.ts'
import { plainLines } from './plain-lines.ts'
import { formatBuffers, formatIoTimings } from './usage-text.ts'

const indented = (lines: readonly (string | undefined)[]): readonly string[] =>
  lines.filter((line) => line !== undefined).map((line) => `  ${line}`)

function planning(value: RawRecord): readonly string[] {
  const memory =
    value['Memory Used'] === undefined
      ? undefined
      : `Memory: used=${readScalar(value, 'Memory Used') ?? ''}kB  allocated=${readScalar(value, 'Memory Allocated') ?? ''}kB`
  const lines = indented([formatBuffers(value), formatIoTimings(value), memory])
  return lines.length === 0 ? [] : ['Planning:', ...lines]
}

function serialization(value: RawRecord): readonly string[] {
  const time = readNumber(value, 'Time')
  const volume = readScalar(value, 'Output Volume') ?? ''
  const head = `Serialization: ${time === undefined ? '' : `time=${time.toFixed(3)} ms  `}output=${volume}kB  format=${readText(value, 'Format') ?? ''}`
  return [head, ...indented([formatBuffers(value), formatIoTimings(value)])]
}

function settings(value: RawRecord): readonly string[] {
  const said = Object.keys(value).map((name) => {
    const text = readScalar(value, name)
    return `${name} = ${text === undefined ? 'NULL' : `'${text}'`}`
  })
  return said.length === 0 ? [] : [`Settings: ${said.join(', ')}`]
}

/** Whether triggers of several relations could have fired: then their lines name it. JSON always does. */
function writesSeveral(raw: RawPlan, triggers: readonly RawRecord[]): boolean {
  const relations = new Set(triggers.map((trigger) => trigger['Relation']))
  for (const node of listRawNodes(raw)) {
    if (node['Node Type'] !== 'ModifyTable') continue
    const targets = readRecords(node, 'Target Tables')
    for (const target of targets.length > 0 ? targets : [node]) relations.add(target['Relation Name'])
  }
  return relations.size > 1
}

function triggers(raw: RawPlan, style: TextStyle): readonly string[] {
  const records = readRecords(raw, 'Triggers')
  if (records.length === 0) return []
  const several = writesSeveral(raw, records)
  return records.map((trigger) => {
    const constraint = readText(trigger, 'Constraint Name')
    const name =
      style.verbose || constraint === undefined ? ` ${readText(trigger, 'Trigger Name') ?? ''}` : ''
    const of = constraint === undefined ? '' : ` for constraint ${constraint}`
    const on = several ? ` on ${readText(trigger, 'Relation') ?? ''}` : ''
    const time = readNumber(trigger, 'Time')
    return `Trigger${name}${of}${on}: ${time === undefined ? '' : `time=${time.toFixed(3)} `}calls=${readScalar(trigger, 'Calls') ?? 0}`
  })
}

const summaryLabels: ReadonlyMap<string, string> = new Map([
  ['Planning Time', 'Planning Time'],
  ['Execution Time', 'Execution Time'],
  // Up to 9.3.
  ['Total Runtime', 'Total runtime'],
])

function formatKey(raw: RawPlan, key: string, style: TextStyle): readonly string[] {
  const value = raw[key]
  if (key === 'Triggers') return triggers(raw, style)
  if (key === 'JIT') return formatJit(value)
  if (isRecord(value)) {
    if (key === 'Planning') return planning(value)
    if (key === 'Serialization') return serialization(value)
    if (key === 'Settings') return settings(value)
  }
  const label = summaryLabels.get(key)
  const ms = readNumber(raw, key)
  if (label !== undefined && ms !== undefined) return [`${label}: ${ms.toFixed(3)} ms`]
  return value === undefined ? [] : plainLines(key, value)
}

/** What EXPLAIN says about the statement, before the tree (auto_explain's query text) or after it. */
export function formatStatementText(
  raw: RawPlan,
  where: 'before' | 'after',
  style: TextStyle,
): readonly string[] {
  const keys = Object.keys(raw)
  const at = keys.indexOf('Plan')
  const own = where === 'before' ? keys.slice(0, at) : keys.slice(at + 1)
  return own.flatMap((key) => formatKey(raw, key, style))
}
