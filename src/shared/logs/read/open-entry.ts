import type { EpochMs } from '#shared/units/index.ts'
import type { LogEntry } from '../log-entry.ts'
import { recogniseEvent } from './events.ts'
import { isUnknownName, severityOf } from './languages.ts'

/** An entry under construction. */
export interface OpenEntry {
  offset: number
  end: number
  line: number
  timeMs: EpochMs | undefined
  pid: number | undefined
  user: string | undefined
  database: string | undefined
  application: string | undefined
  severity: string
  sqlState: string | undefined
  message: string
  detail: string | undefined
  hint: string | undefined
  context: string | undefined
  statement: string | undefined
  queryId: string | undefined
  truncated: boolean
}

/** Made afresh for each entry, in one shape, so that engines keep it fast. */
export function openEntry(offset: number, line: number): OpenEntry {
  return {
    offset,
    end: offset,
    line,
    timeMs: undefined,
    pid: undefined,
    user: undefined,
    database: undefined,
    application: undefined,
    severity: '',
    sqlState: undefined,
    message: '',
    detail: undefined,
    hint: undefined,
    context: undefined,
    statement: undefined,
    queryId: undefined,
    truncated: false,
  }
}

/** The finished entry, with what the message says it is. */
export function closeEntry(open: OpenEntry): LogEntry {
  open.severity = severityOf(open.severity)
  return {
    offset: open.offset,
    length: open.end - open.offset,
    line: open.line,
    timeMs: open.timeMs,
    pid: open.pid,
    user: open.user,
    database: open.database,
    application: open.application,
    severity: open.severity,
    sqlState: open.sqlState,
    message: open.message,
    detail: open.detail,
    hint: open.hint,
    context: open.context,
    statement: open.statement,
    queryId: open.queryId,
    truncated: open.truncated,
    event: recogniseEvent(open),
  }
}

/** Processes without a session log this instead of a name. */
export function named(text: string): string | undefined {
  return text === '' || isUnknownName(text) ? undefined : text
}
