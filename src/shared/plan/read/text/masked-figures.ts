import type { MutableRecord } from './drafts.ts'

/** What people and tests write where a digit stood. */
const mask = String.raw`[\dNnXx?*#]`
/** A number, the name of none, a masked one, or `...` where one was left out. */
const value = String.raw`(${mask}{1,330}(?:\.${mask}{1,9})?|\{?inf\}?|\.{3}|…)`
const span = String.raw`(?:${value}(?:\.\.${value})?|\.{3}|…)`
const maskedCost = new RegExp(String.raw`\(cost=${span} rows=${value} width=${value}\)`)
const maskedActual = new RegExp(String.raw`\(actual (?:time=${span} )?rows=${value} loops=${value}\)`)

/**
 * How the figures of a node begin, masked ones included. A sentence has no such thing, but the costs of other servers
 * may begin alike.
 */
export const figureStart = /\((?:cost=|actual (?:time|rows)=)(?:[\dNnXx?*#.…{]|inf)|\(never executed\)/

function putNumbers(
  record: MutableRecord,
  keys: readonly string[],
  texts: readonly (string | undefined)[],
): void {
  keys.forEach((key, at) => {
    const text = texts[at]
    if (text !== undefined && /^\d+(?:\.\d+)?$/.test(text)) record[key] = Number(text)
  })
}

/**
 * Figures with their digits masked, `(cost=N.N..N.N rows=100 width=N)`: as regression tests print them, and people who
 * share a plan and not its size. What still is a number is told in JSON's keys; undefined where no such figures stand.
 */
export function readMaskedFigures(text: string): MutableRecord | undefined {
  const cost = maskedCost.exec(text)
  const actual = maskedActual.exec(text)
  if (cost === null && actual === null) return undefined
  const record: MutableRecord = {}
  putNumbers(record, ['Startup Cost', 'Total Cost', 'Plan Rows', 'Plan Width'], cost?.slice(1) ?? [])
  const times = ['Actual Startup Time', 'Actual Total Time']
  putNumbers(record, [...times, 'Actual Rows', 'Actual Loops'], actual?.slice(1) ?? [])
  return record
}
