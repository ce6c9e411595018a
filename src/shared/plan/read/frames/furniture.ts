/** Lines that clients print around a plan: never part of it. */

const rule = /^[-─━═=+|┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫]{3,}$/
const dash = /[-─━═]{2}/

/** The line between header and rows, or around a table; not a record's. */
export function isRule(text: string): boolean {
  const first = text.trimStart().charAt(0)
  if (first === '' || !rule.test(first + first + first)) return false
  const line = text.trim()
  return rule.test(line) && dash.test(line)
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

/** No plan goes on beyond this line. */
export const endsPlan = (text: string): boolean =>
  isRule(text) ||
  isFooter(text) ||
  isHeader(text) ||
  isFence(text) ||
  isTiming(text) ||
  isPrompt(text) ||
  explain.test(text)
