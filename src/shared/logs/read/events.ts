import type { DurationEvent, LogEvent, OtherKind, PlanTextFormat } from '../log-entry.ts'
import { readForeignDuration, readParameters, tellsDeadlock } from './languages.ts'

/** What of an entry tells its kind. */
interface Said {
  readonly severity: string
  readonly sqlState: string | undefined
  readonly message: string
  readonly detail: string | undefined
}

const duration = 'duration: '
const plan = 'plan:'

/**
 * What the server reports in a message: times and their statements in any of its languages, the rest by its English words
 * (`lc_messages` = C or en_US, the default of most).
 *
 * @source PostgreSQL: check_log_duration and its callers in src/backend/tcop/postgres.c, contrib/auto_explain
 */
export function recogniseEvent(said: Said): LogEvent {
  const { message } = said
  if (message.startsWith(duration)) {
    const unit = message.indexOf(' ms', duration.length)
    const durationMs = unit === -1 ? Number.NaN : Number(message.slice(duration.length, unit))
    if (Number.isFinite(durationMs)) return recogniseDuration(said, durationMs, unit + 3)
  }
  const foreign = said.severity === 'LOG' ? readForeignDuration(message) : undefined
  if (foreign !== undefined) return { kind: 'duration', ...foreign, parameters: parametersOf(said.detail) }
  return kindsSeen[kindOf(said)]
}

function recogniseDuration({ message, detail }: Said, durationMs: number, from: number): LogEvent {
  let at = from
  while (message[at] === ' ') at += 1
  if (at >= message.length) {
    return { kind: 'duration', durationMs, phase: 'none', statement: undefined, parameters: undefined }
  }
  if (message.startsWith(plan, at)) {
    const planText = message.slice(at + plan.length).replace(/^[ \t]*\r?\n/, '')
    const planFormat = formatOf(planText)
    return { kind: 'autoExplain', durationMs, planText, planFormat, ...statementOf(planText, planFormat) }
  }
  const colon = message.indexOf(': ', at)
  const phase = colon === -1 ? undefined : phaseOf(message.slice(at, Math.min(colon, at + 9)))
  return {
    kind: 'duration',
    durationMs,
    phase: phase ?? 'none',
    statement: phase === undefined ? undefined : message.slice(colon + 2),
    parameters: parametersOf(detail),
  }
}

function phaseOf(words: string): DurationEvent['phase'] | undefined {
  if (words.startsWith('statement')) return 'statement'
  if (words.startsWith('execute')) return 'execute'
  if (words.startsWith('parse')) return 'parse'
  return words.startsWith('bind') ? 'bind' : undefined
}

const parametersOf = (detail: string | undefined): string | undefined =>
  detail === undefined ? undefined : readParameters(detail)

function formatOf(planText: string): PlanTextFormat {
  const first = planText.trimStart()[0]
  if (first === '{' || first === '[') return 'json'
  if (first === '<') return 'xml'
  return /^[ \t]*Plan: *\r?\n[ \t]+Node Type: /m.test(planText) ? 'yaml' : 'text'
}

interface Explained {
  readonly statement: string | undefined
  readonly parameters: string | undefined
}

/** The statement and its parameters, which auto_explain prints before the plan. */
function statementOf(planText: string, format: PlanTextFormat): Explained {
  switch (format) {
    case 'json':
      return {
        statement: jsonText(planText, 'Query Text'),
        parameters: jsonText(planText, 'Query Parameters'),
      }
    case 'yaml':
      return {
        statement: yamlText(planText, 'Query Text'),
        parameters: yamlText(planText, 'Query Parameters'),
      }
    case 'xml':
      return { statement: xmlText(planText, 'Query-Text'), parameters: xmlText(planText, 'Query-Parameters') }
    default:
      return textStatement(planText)
  }
}

const queryText = 'Query Text: '
const queryParameters = '\nQuery Parameters: '
/** Costs are always printed by auto_explain, so the tree's first line shows by them. */
const costs = / {2}\(cost=\d+\.\d\d\.\.\d+\.\d\d rows=\d+ width=\d+\)/

function textStatement(planText: string): Explained {
  // Some collectors indent all lines.
  const start = planText.search(/\S/)
  if (start === -1 || !planText.startsWith(queryText, start))
    return { statement: undefined, parameters: undefined }
  const from = start + queryText.length
  const tree = costs.exec(planText)?.index ?? planText.length
  const head = planText.slice(from, Math.max(from, planText.lastIndexOf('\n', tree)))
  const at = head.lastIndexOf(queryParameters)
  return at === -1
    ? { statement: head, parameters: undefined }
    : { statement: head.slice(0, at), parameters: head.slice(at + queryParameters.length) }
}

/** A JSON string behind its key. */
function jsonText(planText: string, key: string): string | undefined {
  const found = planText.indexOf(`"${key}": "`)
  if (found === -1) return undefined
  return unquote(planText, found + key.length + 4)
}

/** YAML strings are written with JSON's escapes. */
function yamlText(planText: string, key: string): string | undefined {
  const found = planText.indexOf(`${key}: "`)
  if (found === -1) return undefined
  return unquote(planText, found + key.length + 2)
}

function unquote(text: string, start: number): string | undefined {
  let end = text.indexOf('"', start + 1)
  for (; end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text[end - 1 - slashes] === '\\') slashes += 1
    if (slashes % 2 === 0) break
  }
  if (end === -1) return undefined
  try {
    const value: unknown = JSON.parse(text.slice(start, end + 1))
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
  '&#x0d;': '\r',
}

function xmlText(planText: string, tag: string): string | undefined {
  const start = planText.indexOf(`<${tag}>`)
  const end = planText.indexOf(`</${tag}>`, start)
  if (start === -1 || end === -1) return undefined
  return planText
    .slice(start + tag.length + 2, end)
    .replaceAll(/&(?:lt|gt|amp|quot|apos|#x0d);/g, (entity) => entities[entity] ?? entity)
}

/** One object a kind: most entries are of these, and nobody changes them. */
const kindsSeen: { readonly [Kind in OtherKind]: { readonly kind: Kind } } = {
  statement: { kind: 'statement' },
  error: { kind: 'error' },
  deadlock: { kind: 'deadlock' },
  lockWait: { kind: 'lockWait' },
  checkpoint: { kind: 'checkpoint' },
  tempFile: { kind: 'tempFile' },
  autovacuum: { kind: 'autovacuum' },
  connection: { kind: 'connection' },
  other: { kind: 'other' },
}

/** Beginnings of messages, by the kind they tell. */
const beginnings: readonly (readonly [beginning: string, kind: OtherKind])[] = [
  ['statement: ', 'statement'],
  ['execute ', 'statement'],
  ['connection ', 'connection'],
  ['disconnection: ', 'connection'],
  ['replication connection ', 'connection'],
  ['checkpoint ', 'checkpoint'],
  ['checkpoints are occurring', 'checkpoint'],
  ['restartpoint ', 'checkpoint'],
  ['temporary file: ', 'tempFile'],
  ['automatic ', 'autovacuum'],
]

const failures: ReadonlySet<string> = new Set(['ERROR', 'FATAL', 'PANIC'])

function kindOf({ severity, sqlState, message }: Said): OtherKind {
  if (failures.has(severity)) return sqlState === '40P01' || tellsDeadlock(message) ? 'deadlock' : 'error'
  for (const [beginning, kind] of beginnings) {
    if (message.startsWith(beginning)) return kind
  }
  return message.startsWith('process ') &&
    /^process \d+ (?:still waiting|acquired|detected|avoided)/.test(message)
    ? 'lockWait'
    : 'other'
}
