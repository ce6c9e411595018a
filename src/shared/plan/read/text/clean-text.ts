import type { RawPlan } from '../../raw.ts'
import { isYamlStart } from '../yaml/parse-yaml.ts'
import { heading, labelAt, longestLabel, placeOf, worker } from './classify-line.ts'
import { finishPlan } from './finish-plan.ts'
import { balanceOf, startLine } from './logical-line.ts'
import { firstStep } from './lost-indent.ts'
import { figureStart } from './masked-figures.ts'
import { findCutNode, findGap } from './missing-children.ts'
import { isNodeLine } from './node-line.ts'
import { newState, type PlanState } from './plan-state.ts'
import { takeLabel, takeWorker } from './take-line.ts'
import { settleKeys, takeHeading, takeNode } from './take-node.ts'

/**
 * The quick way for what most pastes are: one plan, line by line as the server writes it, alone or under psql's header.
 * Looks at each line once, and gives up at the first sign of anything else: `parsePlanText` and the frames take care of
 * that. What it reads, they read the same (tests/unit/shared/plan/read/clean-text.test.ts).
 */

/** A plan that nothing had to be taken off from. */
export interface CleanReading {
  readonly raw: RawPlan
  /** Line of the root, from 1. */
  readonly line: number
  readonly warnings: readonly string[]
}

const header = /^ {0,400}QUERY PLAN {0,400}\n-{3,10000}\n/
const title = 'QUERY PLAN'
const footer = /^\(\d+ rows?\)$/
const wait = /^Time: \d[\d.,]* ms(?: \([\d:.]+\))?$/

/** Characters that clients and editors put for others, or that nobody sees; those of Latin-1 are looked for one by one. */
const dressed = /[\u1680\u2000-\u206F\u2190-\u21FF\u2212\u2500-\u257F\u2794\u27F6\u3000\uFEFF]/
/** Signs of markup, of code in chats, of documents and logs, wherever they stand. */
const signs = [
  '\t',
  '\r',
  '\u001B',
  '\u00A0',
  '\u00AD',
  '\\begin{',
  '\\textgreater',
  '```',
  '[code',
  '[/code',
  '{code',
  '{noformat',
]
const tag = /<(?:td|br|pre|code)\b/i
const entity = /&(?:#|[a-z]{2,4};)/
const document = /\{\s{0,400}"(?:Plan|Node Type|Query Text|Query Identifier|QUERY PLAN)"/
const logged = /plan ?:/i

function showsOthers(text: string): boolean {
  return (
    signs.some((sign) => text.includes(sign)) ||
    dressed.test(text) ||
    (text.includes('<') && tag.test(text)) ||
    (text.includes('&') && entity.test(text)) ||
    (text.includes('{') && document.test(text)) ||
    logged.test(text)
  )
}

const space = 0x20
const quote = "'"

/** Reads a text that is one plan and nothing else; undefined if it is, or may be, anything else. */
export function readCleanText(paste: string): CleanReading | undefined {
  // A node's name or the header; a document begins otherwise, and may be large.
  if (!/^ {0,400}[A-Z]/.test(paste)) return undefined
  const text = paste.includes('\r\n') ? paste.replaceAll('\r\n', '\n') : paste
  if (!text.includes('\n') || showsOthers(text)) return undefined
  const head = header.exec(text)?.[0] ?? ''
  if (text.includes(title, head.length)) return undefined
  // Below a header each line stands behind a space.
  const margin = head === '' ? 0 : 1
  const state = newState()
  let line = head === '' ? 1 : 3
  const rootLine = line
  let nextQuote = text.indexOf(quote)
  let isOver = false
  /** Where the last line was, if it was a label; -1 if not. */
  let labelFrom = -1
  let labelEnd = -1
  let needsNode = false

  for (let at = head.length; at < text.length; line += 1) {
    let end = text.indexOf('\n', at)
    if (end === -1) end = text.length
    let start = at + margin
    while (text.charCodeAt(start) === space) start += 1
    const indent = start - at - margin
    const from = at
    at = end + 1
    if (start >= end) {
      // Blank.
      isOver = true
      continue
    }
    if (isOver) {
      if (!wait.test(text.slice(from, end))) return undefined
      continue
    }
    if (margin === 1 && text.charCodeAt(from) !== space) {
      if (!footer.test(text.slice(from, end)) || state.drafts.length === 0) return undefined
      isOver = true
      continue
    }
    const last = text.charCodeAt(end - 1)
    // Spaces, `+` and `.` may be a frame's.
    if (last <= space || last > 0x7e || last === 0x2b || last === 0x2e) return undefined
    while (nextQuote !== -1 && nextQuote < start) nextQuote = text.indexOf(quote, end)
    if (nextQuote !== -1 && nextQuote < end) {
      if (isLiteralOpen(text, start, end)) return undefined
      nextQuote = text.indexOf(quote, end)
    }
    if (state.drafts.length === 0) {
      const root = text.slice(start, end)
      if (
        indent !== 0 ||
        !isCapital(root.charCodeAt(0)) ||
        !figureStart.test(root) ||
        !isNodeLine(root) ||
        isYamlStart(root)
      )
        return undefined
      takeNode(state, root, false, indent, line)
    } else if (text.startsWith('->  ', start)) {
      // An arrow at the margin has lost its indent.
      if (state.isBehind || indent < firstStep || !isCapital(text.charCodeAt(start + 4))) return undefined
      takeNode(state, text.slice(start + 4, end), true, indent, line)
      needsNode = false
      labelFrom = -1
      continue
    } else if (needsNode) return undefined
    else {
      const taken = takeOther(state, text, start, end, indent, line)
      if (taken === undefined) return undefined
      needsNode = taken === 'heading'
      labelFrom = taken === 'label' ? start : -1
      labelEnd = end
    }
  }
  if (needsNode || state.drafts.length === 0) return undefined
  if (labelFrom !== -1 && balanceAt(text, labelFrom, labelEnd).depth > 0) return undefined
  settleKeys(state)
  const gap = findGap(state.drafts) ?? (state.warnings.size === 0 ? findCutNode(state.drafts) : undefined)
  if (gap !== undefined) state.warnings.add(gap)
  const raw = finishPlan(state.drafts, {}, state.beside, state.traits)
  if (raw === undefined) return undefined
  return { raw, line: rootLine, warnings: [...state.warnings] }
}

const balanceAt = (text: string, from: number, end: number): ReturnType<typeof balanceOf> =>
  balanceOf(startLine({ text: text.slice(from, end), indent: 0, width: 0, blanksBehind: 0 }))

/** Whether a literal that begins on a line goes on below: quotes pair up, unless quoted names hold some. */
function isLiteralOpen(text: string, from: number, end: number): boolean {
  let isOpen = false
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x22) return balanceAt(text, from, end).quote !== 0
    if (code === 0x27) isOpen = !isOpen
  }
  return isOpen
}

const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a

/** Takes a line that is no node: what it was, or undefined for what is not as the server writes it. */
function takeOther(
  state: PlanState,
  text: string,
  start: number,
  end: number,
  indent: number,
  line: number,
): 'heading' | 'worker' | 'label' | undefined {
  const first = text.charAt(start)
  if (
    text.startsWith('InitPlan', start) ||
    text.startsWith('SubPlan', start) ||
    text.startsWith('CTE', start)
  ) {
    const whole = text.slice(start, end)
    if (heading.test(whole)) {
      if (figureStart.test(whole) || state.isBehind) return undefined
      takeHeading(state, whole, indent, line)
      return 'heading'
    }
  }
  if (first === 'W' && text.startsWith('Worker ', start)) {
    const whole = text.slice(start, end)
    const found = worker.exec(whole)
    if (found === null) return undefined
    takeWorker(state, Number(found[1]), false, whole.slice(whole.indexOf(':') + 1).trim(), indent)
    return 'worker'
  }
  const colon = text.indexOf(':', start)
  if (colon === -1 || colon >= end || colon - start > longestLabel) return undefined
  if (colon + 1 < end && text.charCodeAt(colon + 1) !== space) return undefined
  const label = labelAt(text, start, colon)
  const place = placeOf(label)
  if (place === 'unknown' || label.startsWith('JIT for')) return undefined
  // At the margin it may be the rest of a line that was cut.
  if (place !== 'statement' && indent <= 1) return undefined
  // One word and a time: a client's words look like that.
  if (text.endsWith(' ms', end) && !label.includes(' ')) return undefined
  takeLabel(state, label, text.slice(colon + 2, end).trim(), place, indent)
  return 'label'
}
