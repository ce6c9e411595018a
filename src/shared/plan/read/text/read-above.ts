import type { SourceLine } from '../source-line.ts'
import type { PlanTraits } from './drafts.ts'
import { figureStart } from './masked-figures.ts'
import type { MutableRecord } from './mutable-record.ts'
import { isNodeLine } from './node-line.ts'
import { readStatementLine } from './statement-lines.ts'

/**
 * Reads the lines above the tree that auto_explain writes; the statement goes on until the first node with its costs.
 *
 * @param before takes what they say
 * @returns where the tree begins
 */
export function readAbove(
  lines: readonly SourceLine[],
  from: number,
  before: MutableRecord,
  traits: PlanTraits,
): number {
  let at = from
  let key: string | undefined
  let texts: string[] = []
  const settle = (): void => {
    if (key !== undefined) readStatementLine(before, key, texts.join('\n').trim(), traits)
  }
  for (; at < lines.length; at += 1) {
    const text = lines[at]?.text ?? ''
    const trimmed = text.trim()
    if (key === undefined && trimmed === '') continue
    const label = /^(Query Text|Query Parameters):/.exec(trimmed)?.[1]
    if (label !== undefined) {
      settle()
      key = label
      texts = [trimmed.slice(label.length + 1)]
    } else if (key === undefined || (isNodeLine(trimmed) && figureStart.test(trimmed))) break
    else texts.push(text.trimEnd())
  }
  settle()
  return at
}
