import { isKnownName } from './node-names.ts'

/** The figures behind a node's name; absent where the server was not asked for them. */
export interface NodeFigures {
  readonly cost: CostFigures | undefined
  readonly actual: ActualFigures | undefined
  readonly neverExecuted: boolean
}

export interface CostFigures {
  readonly startup: number
  readonly total: number
  readonly rows: number
  readonly width: number
}

export interface ActualFigures {
  readonly startupMs: number | undefined
  readonly totalMs: number | undefined
  readonly rows: number
  readonly loops: number
  /** Mean rows with decimals: the server is 18 or later. */
  readonly isFractional: boolean
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

/** Takes a node's line apart, arrow and indent off already. */
export function readNodeLine(text: string): NodeLine {
  // Figures stand at the end: quoted names may hold anything, so look from there.
  const costAt = text.lastIndexOf('(cost=')
  const cost = matchAt(costPart, text, costAt)
  const actualAt = text.lastIndexOf('(actual')
  const actual = matchAt(actualPart, text, actualAt)
  const neverAt = actual === null ? text.lastIndexOf(neverText) : -1
  const startOr = (at: number): number => (at === -1 ? text.length : at)
  const nameEnd = Math.min(startOr(costAt), startOr(actualAt), startOr(neverAt))
  const end = Math.max(
    cost === null ? 0 : costAt + cost[0].length,
    actual === null ? 0 : actualAt + actual[0].length,
    neverAt === -1 ? 0 : neverAt + neverText.length,
  )
  const figures: NodeFigures = {
    cost: cost === null ? undefined : toCost(cost),
    actual: actual === null ? undefined : toActual(actual),
    neverExecuted: neverAt !== -1,
  }
  const isCut = (costAt !== -1 && cost === null) || (actualAt !== -1 && actual === null)
  const rest = text.slice(end === 0 ? nameEnd : end).trim()
  return { name: text.slice(0, nameEnd).trim(), figures, rest, isCut }
}

const arrow = /^\s*->\s+(?=\S)/
export const figureStart = /\((?:cost=\d|actual (?:time|rows)=\d|never executed\))/

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
