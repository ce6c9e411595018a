import { isRule } from '../frames/furniture.ts'
import type { SourceLine } from '../source-line.ts'
import { labelOf } from './classify-line.ts'
import { toPlainLine } from './plain-line.ts'

/**
 * Roots that this server doesn't know, of plans without costs: forks have nodes of their own (`Row Adapter`,
 * `Streaming (type: GATHER)`). Nothing in the name tells, so what stands around it has to: the server indents by rule.
 */

/** Words with capitals, something in parentheses, and what it reads. */
const name =
  /^[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,5}(?: ?\([^()]{1,80}\))?(?: using [^\s:]{1,200})?(?: on \S[^:]{0,400})?$/
const scan = /^(?:[A-Z][A-Za-z]+ ){1,5}Scan(?: |$)/
/** How much further in than a node stand its properties and arrows. */
const step = 2
/** Properties above the first arrow; more than any node has. */
const mostProperties = 60

/** Whether a line could be such a root, as far as its own text tells. */
export function mayBeStrangeRoot(line: SourceLine): boolean {
  return line.text.length <= 4_000 && name.test(toPlainLine(line).text)
}

/** Whether this line, which no known node is, is one nevertheless: a tree hangs on it, or it is a scan below a header. */
export function isStrangeRoot(lines: readonly SourceLine[], at: number): boolean {
  const line = lines[at]
  if (line === undefined || !mayBeStrangeRoot(line)) return false
  const { text, indent } = toPlainLine(line)
  if (scan.test(text) && (isRule(lines[at - 1]?.text ?? '') || hasProperty(lines[at + 1], indent)))
    return true
  for (let next = at + 1; next <= at + mostProperties; next += 1) {
    const below = lines[next]
    if (below === undefined || below.text.length > 100_000) return false
    const plain = toPlainLine(below)
    if (plain.text.startsWith('->')) return plain.indent === indent + step && /^-> {2}[A-Z]/.test(plain.text)
    if (!hasProperty(below, indent)) return false
  }
  return false
}

function hasProperty(line: SourceLine | undefined, indent: number): boolean {
  if (line === undefined) return false
  const plain = toPlainLine(line)
  return plain.indent === indent + step && labelOf(plain.text) !== undefined
}
