import { splitStatements } from '#shared/statements/index.ts'
import { isFence, isFooter, isHeader, isPrompt, isRule, isTiming } from './frames/furniture.ts'
import type { SourceLine } from './source-line.ts'

const explainWord = /(?:^|[\s;#>"'(:])explain(?=[\s(])/gi
const continuation = /^[\w.@[\]()~:/-]{0,80}[-'"($*^][*!?]?[#>] /
const startsStatement =
  /^\(*\s*(?:\/\*|--|(?:select|with|insert|update|delete|merge|values|table|execute|declare|create|refresh)\b)/i

const isFurniture = (text: string): boolean =>
  text.trim() === '' || isRule(text) || isHeader(text) || isFooter(text) || isFence(text) || isTiming(text)

/** Farther above than this, nobody's statement begins. */
const farthest = 5_000
const longest = 1_000_000

/** The statement that was explained, from the lines above a plan; without `EXPLAIN` and its options. */
export function statementAbove(lines: readonly SourceLine[], from: number, to: number): string | undefined {
  for (let at = to - 1; at >= Math.max(from, to - farthest); at -= 1) {
    const text = lines[at]?.text ?? ''
    if (text.length > longest || !/explain/i.test(text)) continue
    explainWord.lastIndex = 0
    let start: number | undefined
    for (let found = explainWord.exec(text); found !== null; found = explainWord.exec(text)) {
      start = found.index + found[0].length
    }
    if (start === undefined) continue
    const parts = [text.slice(start)]
    for (let next = at + 1; next < to; next += 1) {
      const line = lines[next]?.text ?? ''
      if (isPrompt(line)) break
      if (!isFurniture(line)) parts.push(line.replace(continuation, ''))
    }
    const statement = withoutOptions(parts.join('\n').slice(0, longest))
    if (statement !== undefined) return statement
  }
  return undefined
}

const word = /^\s*(?:analyze|analyse|verbose)\b/i

/** What stands behind `EXPLAIN`, without options, up to its end; undefined if it is no statement. */
function withoutOptions(text: string): string | undefined {
  let rest = text
  const bracket = /^\s*\(/.exec(rest)
  if (bracket !== null && !/^\s*\(+\s*(?:select|with|values|table)\b/i.test(rest)) {
    const close = rest.indexOf(')')
    if (close === -1) return undefined
    rest = rest.slice(close + 1)
  } else {
    for (let found = word.exec(rest); found !== null; found = word.exec(rest))
      rest = rest.slice(found[0].length)
  }
  rest = rest.trim()
  if (!startsStatement.test(rest)) return undefined
  const [first] = splitStatements(rest)
  return first === undefined ? undefined : rest.slice(first.start, first.end)
}
