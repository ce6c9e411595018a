import { figureStart, readMaskedFigures, shortFiguresAt } from './masked-figures.ts'
import type { MutableRecord } from './mutable-record.ts'
import { isKnownName } from './node-names.ts'
import { type ActualFigures, type CostFigures, endOfNumber, scanActual, scanCost } from './scan-figures.ts'

/** The figures behind a node's name; absent where the server was not asked for them. */
export interface NodeFigures {
  readonly cost: CostFigures | undefined
  readonly actual: ActualFigures | undefined
  readonly neverExecuted: boolean
  /** In JSON's keys, what masks left of figures; see `readMaskedFigures`. */
  readonly masked?: MutableRecord
}

/** A node's line, taken apart. */
export interface NodeLine {
  readonly name: string
  readonly figures: NodeFigures
  /** What stands behind or between the figures and is none of them. */
  readonly rest: string
  /** Figures that begin and do not end: the text was cut. */
  readonly isCut: boolean
}

// Numbers are bounded and spaces optional: lines that a terminal cut are joined without knowing whether one stood there.
const number = String.raw`(\d{1,330}(?:\.\d{1,9})?)`
const costPart = new RegExp(
  String.raw`\(cost=${number} {0,2}\.\. {0,2}${number} {0,2}rows=${number} {0,2}width=${number} {0,2}\)`,
  'y',
)
const actualText = String.raw`actual {0,2}(?:time=${number} {0,2}\.\. {0,2}${number} {0,2})?rows=${number} {0,2}loops=${number}`
const actualPart = new RegExp(String.raw`\(${actualText} {0,2}\)`, 'y')
const bareActual = new RegExp(`^${actualText}$`)
const neverText = '(never executed)'

const toNumber = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text)

function toCost(match: RegExpExecArray): CostFigures {
  return {
    startup: Number(match[1]),
    total: Number(match[2]),
    rows: Number(match[3]),
    width: Number(match[4]),
  }
}

function toActual(match: RegExpExecArray): ActualFigures {
  const rows = match[3] ?? ''
  return {
    startupMs: toNumber(match[1]),
    totalMs: toNumber(match[2]),
    rows: Number(rows),
    loops: Number(match[4]),
    isFractional: rows.includes('.'),
  }
}

/** `actual time=0.01..0.02 rows=1 loops=1`, as a worker's line has it; undefined for another text. */
export function readActual(text: string): ActualFigures | undefined {
  const match = bareActual.exec(text)
  return match === null ? undefined : toActual(match)
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  if (at === -1) return null
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** A line that ends in figures as the server writes them; undefined for others. */
function readPlainLine(text: string): NodeLine | undefined {
  const costAt = text.indexOf('(cost=')
  const cost = costAt === -1 ? undefined : scanCost(text, costAt)
  if (cost === undefined) return undefined
  const end = endOfNumber() + 1
  const isEnd = end === text.length
  const actual = !isEnd && text.startsWith(' (actual ', end) ? scanActual(text, end + 1) : undefined
  if (!isEnd && (actual === undefined || endOfNumber() + 1 !== text.length)) return undefined
  let nameEnd = costAt
  while (text.charCodeAt(nameEnd - 1) === 0x20) nameEnd -= 1
  return {
    name: text.slice(0, nameEnd).trim(),
    figures: { cost, actual, neverExecuted: false },
    rest: '',
    isCut: false,
  }
}

/** Where a word stands last outside of double quotes; -1 if nowhere: a quoted name may hold anything. */
function lastOutsideQuotes(text: string, word: string): number {
  let at = text.lastIndexOf(word)
  if (at === -1 || !text.includes('"')) return at
  while (at > 0 && text.slice(0, at).split('"').length % 2 === 0) at = text.lastIndexOf(word, at - 1)
  return at
}

/** What people write behind a node whose figures they left out: `...`, `<-- here`. */
const remark = / {1,400}(?:(?:\.{3}|…)$|(?:←|<[-=]{1,9})[^"]{0,400}$)/

/** Takes a node's line apart, arrow and indent off already. */
export function readNodeLine(text: string): NodeLine {
  const plain = readPlainLine(text)
  if (plain !== undefined) return plain
  // Figures stand at the end: look from there.
  const costAt = lastOutsideQuotes(text, '(cost=')
  const actualAt = lastOutsideQuotes(text, '(actual')
  let end = 0
  let cost = costAt === -1 ? undefined : scanCost(text, costAt)
  if (cost !== undefined) end = text.indexOf(')', costAt) + 1
  else {
    const match = matchAt(costPart, text, costAt)
    if (match !== null) {
      cost = toCost(match)
      end = costAt + match[0].length
    }
  }
  let actual = actualAt === -1 ? undefined : scanActual(text, actualAt)
  if (actual !== undefined) end = Math.max(end, text.indexOf(')', actualAt) + 1)
  else {
    const match = matchAt(actualPart, text, actualAt)
    if (match !== null) {
      actual = toActual(match)
      end = Math.max(end, actualAt + match[0].length)
    }
  }
  const neverAt = actual === undefined ? lastOutsideQuotes(text, neverText) : -1
  if (neverAt !== -1) end = Math.max(end, neverAt + neverText.length)
  const startOr = (at: number): number => (at === -1 ? text.length : at)
  const shortAt = shortFiguresAt(text)
  const figuresAt = Math.min(startOr(costAt), startOr(actualAt), startOr(neverAt), startOr(shortAt))
  const remarkAt = figuresAt === text.length ? text.search(remark) : -1
  const nameEnd = Math.min(figuresAt, startOr(remarkAt))
  const isWhole =
    shortAt === -1 && (costAt === -1 || cost !== undefined) && (actualAt === -1 || actual !== undefined)
  const masked = isWhole ? undefined : readMaskedFigures(text.slice(nameEnd))
  const behind = end === text.length ? '' : text.slice(end === 0 ? nameEnd : end).trim()
  return {
    name: text.slice(0, nameEnd).trim(),
    figures: {
      cost,
      actual,
      neverExecuted: neverAt !== -1,
      ...(masked === undefined ? {} : { masked: masked.keys }),
    },
    rest: masked?.rest ?? behind,
    isCut: !isWhole && masked === undefined,
  }
}

const arrow = /^\s*->\s+(?=\S)/

/** Whether a line could start a plan: the name of a node, with figures or without, with its arrow or without. */
export function isNodeLine(text: string): boolean {
  const bare = text.replace(arrow, '').trim()
  const first = bare.charCodeAt(0)
  // Names begin with a capital.
  if (!(first >= 65 && first <= 90) || bare.length > 4_000) return false
  const figures = figureStart.exec(bare)
  if (figures !== null && figures.index > 0) {
    // `LOG:  duration: …`, `Filter: …`: a label, unless the colon stands in parentheses or quotes of the name.
    const colon = bare.indexOf(': ')
    return colon === -1 || colon > bare.indexOf('(') || bare.slice(0, colon).includes('"')
  }
  return isKnownName(bare)
}
