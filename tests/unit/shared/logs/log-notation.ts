import { createLogReader, type LogEntry, type LogReaderOptions } from '#shared/logs/index.ts'

/** What a server would say: one entry, in whichever format. */
export interface Said {
  readonly severity?: string
  readonly message: string
  readonly detail?: string
  readonly hint?: string
  readonly context?: string
  readonly statement?: string
  readonly user?: string
  readonly database?: string
  readonly application?: string
  readonly pid?: number
  readonly queryId?: string
  readonly time?: string
}

const usual = { severity: 'LOG', pid: 4242, time: '2026-11-20 17:08:09.141 UTC' }

/** As `log_destination = stderr` with this prefix writes it; `%m`, `%p`, `%u`, `%d`, `%a`, `%Q` are filled in. */
export function writeStderr(said: Said, prefix = '%m [%p] %q%u@%d '): string {
  const all = { ...usual, ...said }
  const values: Readonly<Record<string, string>> = {
    m: all.time,
    t: all.time.replace(/\.\d+/, ''),
    n: '1795194489.141',
    p: String(all.pid),
    u: all.user ?? '[unknown]',
    d: all.database ?? '[unknown]',
    a: all.application ?? '[unknown]',
    h: '10.0.0.7',
    r: '10.0.0.7(51234)',
    c: '6b007e79.1092',
    l: '7',
    s: '2026-11-20 17:00:00 UTC',
    v: '3/42',
    x: '0',
    e: '00000',
    i: 'SELECT',
    b: 'client backend',
    Q: all.queryId ?? '0',
    q: '',
  }
  const filled = prefix.replaceAll(/%([a-zA-Z])/g, (_whole, letter: string) => values[letter] ?? '')
  const part = (word: string, text: string | undefined): string =>
    text === undefined ? '' : `${filled}${word}:  ${text.replaceAll('\n', '\n\t')}\n`
  return [
    part(all.severity, all.message),
    part('DETAIL', all.detail),
    part('HINT', all.hint),
    part('CONTEXT', all.context),
    part('STATEMENT', all.statement),
  ].join('')
}

const quote = (text: string | undefined): string =>
  text === undefined ? '' : `"${text.replaceAll('"', '""')}"`

/** As csvlog writes it, with the columns of PostgreSQL 14 and later unless told. */
export function writeCsv(said: Said, columns = 26): string {
  const all = { ...usual, ...said }
  const session: readonly unknown[] = [all.time, quote(all.user), quote(all.database), all.pid, '"[local]"']
  const state = ['6b007e79.1092', 7, '"SELECT"', '2026-11-20 17:00:00 UTC', '3/42', 0, all.severity, '00000']
  const texts = [quote(all.message), quote(all.detail), quote(all.hint), '', '', quote(all.context)]
  const rest = [quote(all.statement), '', '', quote(all.application ?? ''), '"client backend"', '']
  return `${[...session, ...state, ...texts, ...rest, all.queryId ?? 0].slice(0, columns).join(',')}\n`
}

export function writeJson(said: Said): string {
  const all = { ...usual, ...said }
  const value = {
    timestamp: all.time,
    user: all.user,
    dbname: all.database,
    pid: all.pid,
    session_id: '6b007e79.1092',
    line_num: 7,
    session_start: '2026-11-20 17:00:00 UTC',
    error_severity: all.severity,
    message: all.message,
    detail: all.detail,
    hint: all.hint,
    context: all.context,
    statement: all.statement,
    application_name: all.application,
    backend_type: 'client backend',
  }
  const text = JSON.stringify(value)
  return `${all.queryId === undefined ? text : `${text.slice(0, -1)},"query_id":${all.queryId}}`}\n`
}

export const writers = { stderr: writeStderr, csvlog: writeCsv, jsonlog: writeJson } as const

/** Reads a log at once, or cut into pieces. */
export function readLog(
  log: string | Uint8Array,
  options: LogReaderOptions & { readonly cuts?: readonly number[] } = {},
): { readonly entries: readonly LogEntry[]; readonly reader: ReturnType<typeof createLogReader> } {
  const bytes = typeof log === 'string' ? new TextEncoder().encode(log) : log
  const { cuts = [], ...rest } = options
  const reader = createLogReader(rest)
  const entries: LogEntry[] = []
  const places = [...new Set([0, ...cuts, bytes.length])].toSorted((a, b) => a - b)
  for (let at = 1; at < places.length; at += 1) {
    entries.push(...reader.push(bytes.slice(places[at - 1], places[at])))
  }
  entries.push(...reader.end())
  return { entries, reader }
}
