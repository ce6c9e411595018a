/** Lines that clients print around a plan: never part of it. */

const rule = /^[-─━═=+|┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫]{3,}$/
/** `| :--- |`: how a column of markdown is aligned. */
const markdownRule = /^\|(?: {0,9}:?-{2,400}:? {0,9}\|){1,20}$/
const dash = /[-─━═]{2}/

/** The line between header and rows, or around a table; not a record's. */
export function isRule(text: string): boolean {
  const first = text.trimStart().charAt(0)
  if (first === '' || !rule.test(first + first + first)) return false
  const line = text.trim()
  return (rule.test(line) && dash.test(line)) || (first === '|' && markdownRule.test(line))
}

const recordLine = /^\s*(?:[-+─┌├╔╠╟╞╒═┠┏]{1,2}\[ \S+ (\d+) \][-─═+┬╤╥╦┼╪╫╬┐╗╣╢╡╕┤]*|\* \S+ (\d+))\s*$/

/** The number of the record that psql's expanded form opens with this line. */
export function recordNumber(text: string): number | undefined {
  if (text.length > 10_000) return undefined
  const found = recordLine.exec(text)
  return found === null ? undefined : Number(found[1] ?? found[2])
}

/** The column's name, alone on its line, however quoted or framed. */
export function isHeader(text: string): boolean {
  if (text.length > 10_000 || !text.includes('QUERY PLAN')) return false
  return text.replace(/^\s*[\^<>]?[a-z]?\||[^\p{L}]/gu, '') === 'QUERYPLAN'
}

const footer = /^\s*\(\d+ [^()]{1,40}\)\s*$/

/** `(12 rows)`, in any language. */
export const isFooter = (text: string): boolean => text.length < 200 && footer.test(text)

const timing = /^\s*\p{L}{2,20} ?[:：] ?\d[\d.,]* (?:ms|мс|毫秒|ミリ秒)(?: \([\d:.,]+\))?\s*$/u

/** What `\timing` says: one word before the colon, while the server's own lines have two. */
export const isTiming = (text: string): boolean => text.length < 200 && timing.test(text)

const fence = /^\s*(?:```|~~~)/

export const isFence = (text: string): boolean => fence.test(text)

const prompt = /^[\w.@[\]()~:/-]{0,80}[=^!][*!?]?[#>](?: |$)/

/** psql's prompt, at which a new statement starts. */
export const isPrompt = (text: string): boolean => prompt.test(text)

const explain = /^\s*explain\b/i

/** A comment that a plan was kept in. */
const commentEnd = /^\s*\*\/\s*$/

const lowerE = 0x65
const upperE = 0x45

/** The common lines of a plan, told by a few characters: indented, a node or a label, and no time at the end. */
function isOfPlan(text: string): boolean {
  if (text.charCodeAt(0) !== 0x20) return false
  let at = 1
  while (text.charCodeAt(at) === 0x20) at += 1
  const first = text.charCodeAt(at)
  const isArrow = first === 0x2d && text.charCodeAt(at + 1) === 0x3e
  const isLetter = (first >= 0x41 && first <= 0x5a) || (first >= 0x61 && first <= 0x7a)
  if (!isArrow && (!isLetter || first === lowerE || first === upperE)) return false
  return (isArrow || !saysTime(text, at)) && !text.includes('QUERY PLAN')
}

/** Whether what begins here may be a word with a figure: a colon and a digit, or letters of other languages. */
function saysTime(text: string, from: number): boolean {
  for (let at = from; at < from + 22; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 0x7e) return true
    if (code !== 0x3a) continue
    const next = text.charCodeAt(text.charCodeAt(at + 1) === 0x20 ? at + 2 : at + 1)
    return next >= 0x30 && next <= 0x39
  }
  return false
}

/** No plan goes on beyond this line. */
export const endsPlan = (text: string): boolean => !isOfPlan(text) && mayEndPlan(text)

const mayEndPlan = (text: string): boolean =>
  isRule(text) ||
  isFooter(text) ||
  isHeader(text) ||
  isFence(text) ||
  isTiming(text) ||
  isPrompt(text) ||
  commentEnd.test(text) ||
  explain.test(text)
