import type { RawValue } from '../../raw.ts'
import { decodeEntities } from '../frames/markup.ts'
import { joinLines } from '../joined-lines.ts'
import { assignKey, toScalar } from '../scalars.ts'
import type { SourceLine } from '../source-line.ts'
import { type BlockReading, toPlans } from '../structured-plans.ts'
import { entryOf, isListOf, isTextKey, keyOf, keysOf } from './xml-names.ts'

/**
 * The XML that EXPLAIN writes, with JSON's keys and, as far as the key tells, JSON's types.
 *
 * @source src/backend/commands/explain.c, ExplainXMLTag, ExplainOpenGroup
 */

interface Element {
  readonly tag: string
  readonly children: (readonly [tag: string, value: RawValue])[]
  readonly text: string[]
  readonly line: number
}

/** Some writers put the name of a namespace in front. */
const start = /<(?:[\w.-]{1,40}:)?explain(?=[\s>])/
const end = /<\/(?:[\w.-]{1,40}:)?explain\s{0,20}>/
const withoutPrefix = (tag: string): string => tag.slice(tag.indexOf(':') + 1)
const bareStart = /^\s*<(?:Query|Plan)>\s*$/
const marks = /<(?:\/([\w.:-]{1,200})\s{0,20}>|(!--)|!\[CDATA\[|([\w.:-]{1,200})([^<>]{0,1000})>|\?)/y

/** Could a plan in XML start on this line? */
export const isXmlStart = (text: string): boolean =>
  text.includes('<') && (start.test(text) || bareStart.test(text))

/** Reads the plans of the element that starts on `lines[from]`. */
export function parseXmlPlans(lines: readonly SourceLine[], from: number): BlockReading {
  const first = lines[from]
  const whole = endOf(lines, from)
  const rest = lines.slice(from, whole ?? lines.length)
  const { text, lineAt, placeOf } = joinLines(rest)
  const root: Element = { tag: '', children: [], text: [], line: first?.line ?? 1 }
  const open: Element[] = [root]
  const lineOf = new Map<object, number>()
  const startsAt = Math.max(0, start.exec(text)?.index ?? text.indexOf('<'))
  let at = startsAt
  let problem: string | undefined

  while (at < text.length) {
    const top = open.at(-1)
    if (top === undefined) break
    const mark = text.indexOf('<', at)
    if (mark === -1) {
      at = text.length
      problem = 'the text ends in the middle of the plan'
      break
    }
    if (mark > at && top !== root) top.text.push(decodeEntities(text.slice(at, mark)))
    marks.lastIndex = mark
    const found = marks.exec(text)
    if (found === null) {
      at = mark
      problem = 'this is no element: "<" stands alone'
      break
    }
    at = mark + found[0].length
    const [whole, closing, comment, name, attributes = ''] = found
    const tag = name === undefined ? undefined : withoutPrefix(name)
    if (whole === '<![CDATA[' || comment !== undefined || whole === '<?') {
      const stop = comment !== undefined ? '-->' : whole === '<?' ? '?>' : ']]>'
      const end = text.indexOf(stop, at)
      if (end === -1) {
        problem = 'the text ends in the middle of the plan'
        at = text.length
        break
      }
      if (whole === '<![CDATA[') top.text.push(text.slice(at, end))
      at = end + stop.length
    } else if (tag !== undefined) {
      const element: Element = { tag, children: [], text: [], line: placeOf(mark).line }
      if (attributes.endsWith('/')) top.children.push([tag, ''])
      else open.push(element)
    } else if (closing !== undefined) {
      if (top === root || withoutPrefix(closing) !== top.tag) {
        problem =
          top === root
            ? `"</${closing}>" closes nothing`
            : `"</${closing}>" stands where "</${top.tag}>" should`
        at = mark
        break
      }
      close(open, lineOf)
      if (open.length === 1) break
    }
  }
  if (problem === undefined && open.length > 1) problem = 'the text ends in the middle of the plan'
  const broken =
    problem === undefined
      ? undefined
      : {
          code: at >= text.length ? ('truncated' as const) : ('broken' as const),
          message: problem,
          ...placeOf(at),
        }
  while (open.length > 1) close(open, lineOf)
  return toPlans(
    'xml',
    {
      value: statementsOf(root.children[0]?.[1], root.children[0]?.[0]),
      // What follows a break is no plan of its own.
      end: broken !== undefined && whole !== undefined ? whole : from + lineAt(Math.max(0, at - 1)) + 1,
      lines: lineOf,
      broken,
    },
    { code: 'broken', message: '', ...placeOf(startsAt) },
  )
}

/** Behind the line that closes the element, if there is one. */
function endOf(lines: readonly SourceLine[], from: number): number | undefined {
  for (let at = from; at < lines.length; at += 1) if (end.test(lines[at]?.text ?? '')) return at + 1
  return undefined
}

function close(open: Element[], lineOf: Map<object, number>): void {
  const element = open.pop()
  const outer = open.at(-1)
  if (element === undefined || outer === undefined) return
  const strays = takeStrays(element)
  const value = valueOf(element, outer.tag)
  if (typeof value === 'object' && value !== null) lineOf.set(value, element.line)
  outer.children.push([element.tag, value], ...strays)
}

/** Takes out of a list what is none of its entries: the counts of MERGE, which the server writes into the list of its tables. */
function takeStrays({ tag, children }: Element): Element['children'] {
  const entry = entryOf(tag)
  if (entry === undefined || children.every(([child]) => child === entry)) return []
  if (!children.some(([child]) => child === entry)) return []
  const strays = children.filter(([child]) => child !== entry)
  children.splice(0, children.length, ...children.filter(([child]) => child === entry))
  return strays
}

function valueOf(element: Element, outer: string): RawValue {
  const { tag, children, text } = element
  if (children.length === 0) {
    const said = text.join('')
    // Laid out by somebody, on a line of its own.
    const content =
      /^[ \t]*\r?\n/.test(said) && /\n[ \t]*$/.test(said) && said.trim() !== '' ? said.trim() : said
    if (
      content.trim() === '' &&
      (content.includes('\n') || isListOf(tag, none) || isListOf(outer, new Set([tag])))
    )
      return []
    const key = keyOf(tag)
    return tag === 'Item' || outer === 'Settings' || isTextKey(key) ? content : toScalar(content)
  }
  if (isListOf(tag, new Set(children.map(([child]) => child)))) return children.map(([, value]) => value)
  const object: Record<string, RawValue> = {}
  const keys = tag === 'Settings' ? children.map(([child]) => child) : keysOf(children)
  for (const [at, [child, value]] of children.entries()) {
    // Several statements of one kind stand side by side, as under <explain>.
    assignKey(object, keys[at] ?? child, child === 'Query' ? [value] : value)
  }
  return object
}

const none: ReadonlySet<string> = new Set()

/** The statements under the outermost element, as JSON lists them. */
function statementsOf(value: RawValue | undefined, tag: string | undefined): unknown {
  if (tag === 'Plan') return [{ Plan: value }]
  if (tag !== 'explain' || typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { Query: queries, ...others } = value as Readonly<Record<string, RawValue>>
  return queries === undefined ? [others] : queries
}
