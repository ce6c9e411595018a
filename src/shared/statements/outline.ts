import { scanToken } from './scan.ts'

/** What stands outside of brackets in a statement, and what its CTEs begin with. */
export interface StatementOutline {
  /** Words and symbols outside of brackets, lower case, at most `maxOuter`; quoted names are `"`. */
  readonly outer: readonly string[]
  /** Offset of each entry of `outer`. */
  readonly offsets: readonly number[]
  /** First words inside `AS ( …` and `AS MATERIALIZED ( …`, at any depth. */
  readonly cteVerbs: ReadonlySet<string>
  /** Words inside the first pair of brackets, as in `VACUUM (FULL)` or `EXPLAIN (ANALYZE)`. */
  readonly firstBrackets: readonly string[]
}

/** Longer statements are only looked at so far: nobody writes the verb after ten thousand words. */
const maxOuter = 10_000

/** Reads a statement's tokens once and keeps what tells its nature. */
export function outlineStatement(sql: string): StatementOutline {
  const outer: string[] = []
  const offsets: number[] = []
  const cteVerbs = new Set<string>()
  const firstBrackets: string[] = []
  let depth = 0
  let brackets = 0
  let before = ''
  let opensCte = false
  for (let token = scanToken(sql, 0); token !== undefined; token = scanToken(sql, token.end)) {
    const text = token.kind === 'quoted' ? '"' : token.text
    if (opensCte && token.kind === 'word') cteVerbs.add(text)
    opensCte = text === '(' && (before === 'as' || before === 'materialized')
    if (text === '(') {
      depth += 1
      if (depth === 1) brackets += 1
    } else if (text === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0 && text !== '' && outer.length < maxOuter) {
      outer.push(text)
      offsets.push(token.start)
    } else if (brackets === 1 && token.kind === 'word' && firstBrackets.length < 100) firstBrackets.push(text)
    before = text
  }
  return { outer, offsets, cteVerbs, firstBrackets }
}
