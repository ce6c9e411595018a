import { isRawPlanNode, isRecord } from '../raw.ts'
import { writeJsonText } from './json-text.ts'

const planSign =
  /\(cost=|\(actual |"Plan\\{0,9}"|"Node Type\\{0,9}"|Node Type:|<explain|->|^\s*[A-Z]\w+(?: \w+)* (?:on|using) /

/**
 * The texts inside a JSON value that may hold a plan: rows of EXPLAIN's answer saved one by one (put together), logs
 * with a plan in a field, and the like.
 */
export function textsInValue(value: unknown): readonly string[] {
  const texts: string[] = []
  const open: unknown[] = [value]
  for (let steps = 0; open.length > 0 && steps < 1_000_000; steps += 1) {
    const next = open.pop()
    if (typeof next === 'string') {
      if (planSign.test(next)) texts.push(next)
    } else if (Array.isArray(next)) {
      const rows = rowsOfOneColumn(next)
      if (rows !== undefined) {
        const text = rows.join('\n')
        if (planSign.test(text) || rows.length > 1) texts.push(text)
      } else for (let at = next.length - 1; at >= 0; at -= 1) open.push(next[at])
    } else if (isRecord(next) && isRawPlanNode(next['Plan'])) {
      texts.push(writeJsonText(next))
    } else if (isRecord(next)) {
      const entries = Object.values(next)
      for (let at = entries.length - 1; at >= 0; at -= 1) open.push(entries[at])
    }
  }
  return texts
}

/** The lines of a plan that a client saved as rows: objects with one text each, lists of one text, or bare texts. */
function rowsOfOneColumn(list: readonly unknown[]): readonly string[] | undefined {
  const rows: string[] = []
  let name: string | undefined
  for (const row of list) {
    if (typeof row === 'string') rows.push(row)
    else if (Array.isArray(row) && row.length === 1 && typeof row[0] === 'string') rows.push(row[0])
    else if (isRecord(row)) {
      const [entry, ...others] = Object.entries(row)
      if (entry === undefined || others.length > 0 || typeof entry[1] !== 'string') return undefined
      name ??= entry[0]
      if (entry[0] !== name) return undefined
      rows.push(entry[1])
    } else return undefined
  }
  return rows.length > 0 ? rows : undefined
}
