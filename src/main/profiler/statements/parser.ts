import { setFlagsFromString } from 'node:v8'
import { hasSqlDetails, loadModule, parseSync, SqlError } from 'libpg-query'
import { codePointToOffset, scanToken } from '#shared/statements/index.ts'

/** What the server's own grammar (of PostgreSQL 18) says about one statement; offsets are UTF-16. */
export type Parsing =
  | { readonly kind: 'fine' }
  | { readonly kind: 'broken'; readonly message: string; readonly start: number; readonly end: number }
  /** Too deep or too long for the parser that we carry, which says nothing about the statement. */
  | { readonly kind: 'unknown' }

let loading: Promise<void> | undefined

/**
 * Loads the parser once, some ten milliseconds.
 *
 * The grammar is one enormous function. V8's optimizing compiler takes 600 MB for a moment to compile it, and the result
 * is no faster (0.07 ms a statement either way): so its WebAssembly stays with the baseline compiler. The flag has
 * to be set before the module is compiled; nothing else in this process uses WebAssembly.
 */
export function loadParser(): Promise<void> {
  if (loading === undefined) {
    setFlagsFromString('--wasm-tier-up-filter=0')
    loading = loadModule()
  }
  return loading
}

/** Parses one statement; `loadParser` comes first. */
export function parseStatement(sql: string): Parsing {
  // The parser takes C strings: it would see what stands before the null byte only.
  const nullByte = sql.indexOf('\0')
  if (nullByte !== -1) {
    return {
      kind: 'broken',
      message: 'a null byte, which PostgreSQL text can’t hold',
      start: nullByte,
      end: nullByte + 1,
    }
  }
  try {
    parseSync(sql)
    return { kind: 'fine' }
  } catch (error) {
    if (!(error instanceof SqlError) || !hasSqlDetails(error)) return { kind: 'unknown' }
    const { message, cursorPosition } = error.sqlDetails ?? { message: error.message, cursorPosition: 0 }
    // Bison's stack is full: https://www.gnu.org/software/bison/manual/html_node/Memory-Management.html
    if (message.startsWith('memory exhausted')) return { kind: 'unknown' }
    return { kind: 'broken', message, ...placeOf(sql, cursorPosition, message) }
  }
}

/** From the character the parser names to the end of that token; at the end of input, the last character. */
function placeOf(sql: string, codePoints: number, message: string): { start: number; end: number } {
  if (message.endsWith('at end of input')) return { start: Math.max(0, sql.length - 1), end: sql.length }
  const start = Math.min(codePointToOffset(sql, codePoints), Math.max(0, sql.length - 1))
  const token = scanToken(sql, start)
  const end = token === undefined || token.start !== start ? start + 1 : token.end
  return { start, end: Math.max(end, start + 1) }
}
