import { type SqlToken, scanToken } from './scan.ts'

/** One statement within a text, by UTF-16 offsets, without its semicolon. */
export interface SqlSpan {
  readonly start: number
  readonly end: number
}

/**
 * The statements of a text, by tokens alone, so that a broken one doesn't hide those after it.
 *
 * A semicolon ends a statement, except inside the body of `BEGIN ATOMIC … END` and inside the brackets of
 * `CREATE RULE … DO (…; …)`. Empty statements are left out. A hint comment (`/*+ … *\/`) right before a statement
 * belongs to it, other comments around it don't.
 *
 * @source the way psql reads a file: src/fe_utils/psqlscan.l
 */
export function splitStatements(sql: string): readonly SqlSpan[] {
  const spans: SqlSpan[] = []
  let open: OpenStatement | undefined
  let previousEnd = 0
  for (let token = scanToken(sql, 0); token !== undefined; token = scanToken(sql, token.end)) {
    if (token.text === ';' && !(open?.holdsSemicolon() ?? false)) {
      if (open !== undefined) spans.push({ start: open.start, end: previousEnd })
      open = undefined
    } else {
      open ??= openStatement(withHint(sql, previousEnd, token.start))
      open.take(token)
    }
    previousEnd = token.end
  }
  if (open !== undefined) spans.push({ start: open.start, end: previousEnd })
  return spans
}

interface OpenStatement {
  readonly start: number
  take(token: SqlToken): void
  /** The next semicolon belongs to the statement. */
  holdsSemicolon(): boolean
}

const beforeObject: ReadonlySet<string> = new Set(['or', 'replace'])

function openStatement(start: number): OpenStatement {
  let object: 'function' | 'rule' | 'other' | undefined
  let words = 0
  let brackets = 0
  let body = 0
  let before = ''

  /** `CREATE [OR REPLACE] FUNCTION | PROCEDURE | RULE`, from the first words. */
  function noteObject(text: string): void {
    words += 1
    if (words === 1 ? text === 'create' : beforeObject.has(text)) return
    if (words > 1 && (text === 'function' || text === 'procedure')) object = 'function'
    else object = words > 1 && text === 'rule' ? 'rule' : 'other'
  }

  function noteBody(text: string): void {
    if (text === 'atomic' && before === 'begin') body = 1
    else if (body > 0 && text === 'case') body += 1
    else if (body > 0 && text === 'end') body -= 1
  }

  return {
    start,
    take(token) {
      if (token.text === '(') brackets += 1
      else if (token.text === ')') brackets = Math.max(0, brackets - 1)
      if (token.kind !== 'word') {
        object ??= words === 0 ? 'other' : undefined
      } else if (object === undefined) noteObject(token.text)
      else if (object === 'function') noteBody(token.text)
      before = token.text
    },
    holdsSemicolon: () => body > 0 || (object === 'rule' && brackets > 0),
  }
}

const hintRightBefore = /\/\*\+[\s\S]*?\*\/\s*$/

/** Where a statement starts, counting a hint comment between the end of the one before and its first token. */
function withHint(sql: string, from: number, start: number): number {
  if (start - from < 5) return start
  const hint = hintRightBefore.exec(sql.slice(from, start))
  return hint === null ? start : from + hint.index
}
