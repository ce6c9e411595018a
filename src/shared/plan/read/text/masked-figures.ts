import type { MutableRecord } from './mutable-record.ts'

/** What people and tests write where a digit stood. */
const mask = String.raw`[\dNnXx?*#]`
/** A number, the name of none, or a masked one. */
const value = String.raw`(-?${mask}{1,330}(?:\.${mask}{1,9})?|\{?inf\}?)`
/** Two of them, one for both, or `...` where they were left out. */
const span = String.raw`(?:${value}(?:\.\.${value})?|\.{3}|…)`
const maskedCost = new RegExp(String.raw`\(cost=${span}(?: rows=${value})?(?: width=${value})?\)`)
const maskedActual = new RegExp(String.raw`\(actual (?:time=${span} )?rows=${value} loops=${value}\)`)
/** What people write for the part of the figures that is not their point: `([...] rows=25078 width=8)`. */
const leftOut = String.raw`\[?(?:\.{3}|…)\]?`
const shortCost = new RegExp(String.raw`\(()()${leftOut} ?rows=${value} width=${value}\)`)
const shortActual = new RegExp(String.raw`\(()()${leftOut} ?rows=${value} loops=${value}\)`)
const costKeys = ['Startup Cost', 'Total Cost', 'Plan Rows', 'Plan Width']
const actualKeys = ['Actual Startup Time', 'Actual Total Time', 'Actual Rows', 'Actual Loops']

/**
 * How the figures of a node begin, masked ones included. A sentence has no such thing, but the costs of other servers
 * may begin alike.
 */
export const figureStart =
  /\((?:(?:cost=|actual (?:time|rows)=)(?:-?[\dNnXx?*#.…{]|inf)|\[?(?:\.{3}|…)\]? ?rows=\d)|\(never executed\)/

/** Where figures begin of which only the rows are left; -1 if nowhere. */
export const shortFiguresAt = (text: string): number =>
  text.includes('rows=') ? text.search(/\(\[?(?:\.{3}|…)\]? ?rows=\d/) : -1

/** Figures that are not as the server writes them, as far as they can be read. */
export interface MaskedFigures {
  /** What is a number, in JSON's keys. */
  readonly keys: MutableRecord
  /** The text without the figures of which every one is. */
  readonly rest: string
}

/** Puts what is a number under its key; whether all is that there is. */
function putNumbers(record: MutableRecord, keys: readonly string[], match: RegExpExecArray): boolean {
  let isWhole = !/\.{3}|…/.test(match[0])
  keys.forEach((key, at) => {
    const text = match[at + 1]
    if (text === undefined || text === '') return
    const number = Number(text)
    if (Number.isNaN(number)) isWhole = false
    else record[key] = number
  })
  return isWhole
}

/**
 * Figures with their digits masked, `(cost=N.N..N.N rows=100 width=N)`, as regression tests print them, and people who
 * share a plan and not its size; or with some of them left out, as articles do, `(cost=0.00..35.50)`. Costs below zero,
 * which extensions have, are read here, too. Undefined where no such figures stand.
 */
export function readMaskedFigures(text: string): MaskedFigures | undefined {
  const keys: MutableRecord = {}
  let rest = text
  let isRead = false
  for (const [pattern, names] of [
    [maskedCost, costKeys],
    [maskedActual, actualKeys],
    [shortCost, costKeys],
    [shortActual, actualKeys],
  ] as const) {
    const match = pattern.exec(rest)
    if (match === null) continue
    isRead = true
    if (putNumbers(keys, names, match)) rest = rest.replace(match[0], '')
  }
  return isRead ? { keys, rest: rest.trim().replace(/ {2,}(?=\()/g, ' ') } : undefined
}
