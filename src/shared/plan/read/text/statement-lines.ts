import type { RawValue } from '../../raw.ts'
import { type PlanTraits, put, putExtra } from './drafts.ts'
import type { MutableRecord } from './mutable-record.ts'
import { readProperty, readScalar } from './properties.ts'

/** The lines behind the tree, about the whole statement. */

export const statementLabels: ReadonlySet<string> = new Set([
  'Planning',
  'Planning Time',
  'Planning time',
  'Execution Time',
  'Execution time',
  'Total runtime',
  'Total Runtime',
  'JIT',
  'Settings',
  'Query Identifier',
  'Serialization',
  'Query Text',
  'Query Parameters',
])

const jitForWorker = /^JIT for worker \d{1,9}$/

/** Whether a label is about the statement wherever it stands. */
export function isStatementLabel(label: string): boolean {
  return statementLabels.has(label) || label.startsWith('Trigger ') || jitForWorker.test(label)
}

/** Labels whose lines form a group, by what they are called there. */
export const groupLabels: ReadonlySet<string> = new Set([
  'Buffers',
  'I/O Timings',
  'WAL',
  'Memory',
  'Functions',
  'Options',
  'Timing',
  'Generation Time',
  'Inlining',
  'Inlining Time',
  'Optimization',
  'Optimization Time',
  'Emission Time',
])

const milliseconds = /^(\d{1,18}(?:\.\d{1,9})?)(?: ms)?$/
const triggerFigures = /: (?:time=(\d{1,18}(?:\.\d{1,9})?) )?calls=(\d{1,18})$/

/** `Trigger name for constraint c on t: time=0.1 calls=2`. Names stand there unquoted: the relation is the last word. */
function readTrigger(line: string): MutableRecord | undefined {
  const figures = triggerFigures.exec(line)
  if (figures === null) return undefined
  let head = line.slice('Trigger'.length, figures.index)
  const trigger: MutableRecord = {}
  const constraintAt = head.indexOf(' for constraint ')
  const onAt = head.lastIndexOf(' on ')
  let relation: string | undefined
  if (onAt > constraintAt) {
    relation = head.slice(onAt + ' on '.length)
    head = head.slice(0, onAt)
  }
  const name = (constraintAt === -1 ? head : head.slice(0, constraintAt)).trim()
  if (name !== '') trigger['Trigger Name'] = name
  if (constraintAt !== -1) trigger['Constraint Name'] = head.slice(constraintAt + ' for constraint '.length)
  if (relation !== undefined) trigger['Relation'] = relation
  const [, time, calls] = figures
  if (time !== undefined) trigger['Time'] = Number(time)
  trigger['Calls'] = Number(calls)
  return trigger
}

const settingName = /([\w.]{1,200}) = ('|NULL)/y

/** `work_mem = '64MB', search_path = 'a, b'`: the server escapes nothing, so a value ends where the next name begins. */
function readSettings(text: string): MutableRecord | undefined {
  const settings: MutableRecord = {}
  let at = 0
  while (at < text.length) {
    settingName.lastIndex = at
    const match = settingName.exec(text)
    if (match === null) return undefined
    const start = settingName.lastIndex
    if (match[2] === 'NULL') {
      put(settings, match[1] ?? '', null)
      at = text.startsWith(', ', start) ? start + 2 : start
      continue
    }
    let end = text.indexOf("', ", start)
    for (; end !== -1; end = text.indexOf("', ", end + 1)) {
      settingName.lastIndex = end + 3
      if (settingName.test(text)) break
    }
    if (end === -1 && !text.endsWith("'")) return undefined
    put(settings, match[1] ?? '', text.slice(start, end === -1 ? -1 : end))
    at = end === -1 ? text.length : end + 3
  }
  return settings
}

const serialization =
  /^(?:time=(\d{1,18}(?:\.\d{1,9})?) ms {1,4})?output=(\d{1,18})kB {1,4}format=(\w{1,40})$/

function readSerialization(text: string): MutableRecord | undefined {
  const match = serialization.exec(text)
  if (match === null) return undefined
  const [, time, output, format = ''] = match
  return {
    ...(time === undefined ? {} : { Time: Number(time) }),
    'Output Volume': Number(output),
    Format: format,
  }
}

function readMilliseconds(text: string): RawValue {
  const match = milliseconds.exec(text)
  return match === null ? text : Number(match[1])
}

/**
 * Puts one line about the statement beside the tree.
 *
 * @returns the record that lines further in belong to, if the line opens one
 */
export function readStatementLine(
  beside: MutableRecord,
  label: string,
  text: string,
  traits: PlanTraits,
): MutableRecord | undefined {
  if (label.startsWith('Trigger')) {
    const line = `${label}: ${text}`
    const trigger = readTrigger(line)
    if (trigger === undefined) {
      putExtra(beside, line)
      return undefined
    }
    const triggers = beside['Triggers']
    if (Array.isArray(triggers)) triggers.push(trigger)
    else beside['Triggers'] = [trigger]
    return undefined
  }
  const isLower = label === 'Planning time' || label === 'Execution time'
  if (isLower) traits.lowerCaseSummary = true
  const key = isLower ? `${label.slice(0, -4)}Time` : label === 'Total runtime' ? 'Total Runtime' : label
  if (Object.hasOwn(beside, key)) {
    putExtra(beside, `${label}: ${text}`)
    return undefined
  }
  let group: MutableRecord | undefined
  switch (key) {
    case 'Planning Time':
    case 'Execution Time':
    case 'Total Runtime':
      if (key === 'Total Runtime') traits.totalRuntime = true
      beside[key] = readMilliseconds(text)
      return undefined
    case 'Settings':
      group = readSettings(text)
      beside[key] = group ?? text
      return undefined
    case 'Serialization':
      group = readSerialization(text)
      beside[key] = group ?? text
      return group
    case 'Query Identifier':
      beside[key] = readScalar(text)
      return undefined
    case 'Query Text':
    case 'Query Parameters':
      beside[key] = text
      return undefined
    default:
      if (text !== '') {
        readProperty(beside, key, text, traits)
        return undefined
      }
      group = {}
      put(beside, key, group)
      return group
  }
}
