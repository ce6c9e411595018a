import type { RawValue } from '../../raw.ts'
import { assignKey, toScalar } from '../scalars.ts'
import type { SourceLine } from '../source-line.ts'
import { type BlockReading, toPlans } from '../structured-plans.ts'

/**
 * The YAML that EXPLAIN writes: maps and lists by indent, texts in double quotes with JSON's escapes, lists in brackets
 * (grouping sets). What other writers make of it is read too: plain and single-quoted texts, quoted keys.
 *
 * @source src/backend/commands/explain.c, ExplainPropertyText, ExplainOpenGroup, escape_yaml
 */

type Keyed = Record<string, RawValue>

interface Block {
  readonly indent: number
  readonly container: Keyed | RawValue[]
}

/** A key whose value is the block that follows. */
interface Waiting {
  readonly map: Keyed
  readonly key: string
  readonly indent: number
}

const start = /^\s*(?:- +)?"?(?:Plan|Query Text|Query Identifier)"?: *(?:"|-?\d|$)/
const bareStart = /^\s*- +"?Node Type"?: *["\w]/
const keyPattern =
  /^(?:"((?:[^"\\]|\\.){1,200})"|'([^']{1,200})'|([^\s"'#[\]{},&*!|>%@`-][^:"]{0,200}?|-[^\s:"][^:"]{0,200}?)) *:(?: +|$)/
const groups: ReadonlySet<string> = new Set([
  'Planning',
  'JIT',
  'Settings',
  'Options',
  'Timing',
  'Serialization',
])
/** Keys of a statement: where log lines may follow, others end it. */
const statementKey =
  /^(?:Plan|Query (?:Text|Parameters|Identifier)|Settings|Planning(?: Time)?|Triggers|JIT|Serialization|Execution Time|Total Runtime)$/

/** Could a plan in YAML start on this line? */
export const isYamlStart = (text: string): boolean => start.test(text) || bareStart.test(text)

/** Reads the plans that start at `lines[from]`. */
export function parseYamlPlans(lines: readonly SourceLine[], from: number): BlockReading {
  const first = lines[from]
  const blocks: Block[] = []
  const lineOf = new Map<object, number>()
  let root: RawValue | undefined
  let waiting: Waiting | undefined
  let broken: { readonly message: string; readonly line: number; readonly column: number } | undefined
  const base = indentOf(first?.text ?? '')
  let at = from

  const settle = (): void => {
    if (waiting === undefined) return
    assignKey(waiting.map, waiting.key, groups.has(waiting.key) ? {} : [])
    waiting = undefined
  }
  /** The block of this kind at this indent, opened if something waits for it. */
  const blockAt = (indent: number, isList: boolean, line: number): Keyed | RawValue[] | undefined => {
    // A list may stand at the indent of its key.
    if (waiting !== undefined && (indent > waiting.indent || (isList && indent === waiting.indent))) {
      const container: Keyed | RawValue[] = isList ? [] : {}
      assignKey(waiting.map, waiting.key, container)
      waiting = undefined
      blocks.push({ indent, container })
      return container
    }
    settle()
    while ((blocks.at(-1)?.indent ?? -1) > indent) blocks.pop()
    const top = blocks.at(-1)
    if (top !== undefined && top.indent === indent && Array.isArray(top.container) && !isList) {
      // A list at the indent of its key has ended; or keys strayed into a list (MERGE): they belong to the map around,
      // and the list stays open, since more of them may follow.
      const map = blocks.findLast(({ container }) => !Array.isArray(container))
      if (map?.indent === indent) while (Array.isArray(blocks.at(-1)?.container)) blocks.pop()
      return map?.container
    }
    if (top !== undefined && top.indent === indent)
      return Array.isArray(top.container) === isList ? top.container : undefined
    if (root !== undefined) return undefined
    root = isList ? [] : {}
    if (!isList) lineOf.set(root, line)
    blocks.push({ indent, container: root as Keyed | RawValue[] })
    return root as Keyed | RawValue[]
  }

  for (; at < lines.length; at += 1) {
    const line = lines[at]
    if (line === undefined) break
    const { text } = line
    const content = text.trim()
    if (content === '') continue
    let indent = indentOf(text)
    if (indent < base) break
    let rest = text.slice(indent)
    const fail = (message: string, offset = 0): void => {
      broken = { message, line: line.line, column: line.column + indent + offset }
    }
    // Dashes: each opens an entry, several may stand on one line.
    let isEntry = false
    let list: RawValue[] | undefined
    while (/^-(?: |$)/.test(rest)) {
      const found = list === undefined ? blockAt(indent, true, line.line) : undefined
      if (list !== undefined) {
        const inner: RawValue[] = []
        list.push(inner)
        blocks.push({ indent, container: inner })
        list = inner
      } else if (Array.isArray(found)) list = found
      else break
      isEntry = true
      const dash = /^- */.exec(rest)?.[0].length ?? 1
      indent += dash
      rest = rest.slice(dash)
    }
    if (/^-(?: |$)/.test(rest)) {
      if (root !== undefined && indent <= base) break
      fail('this entry stands in no list')
      break
    }
    const key = keyPattern.exec(rest)
    if (key !== null && !(isEntry && rest.startsWith('"') && key[1] === undefined)) {
      const name = key[1] === undefined ? (key[2] ?? key[3] ?? '').trimEnd() : unescapeText(key[1])
      let map: Keyed | RawValue[] | undefined
      if (isEntry) {
        const entry: Keyed = {}
        lineOf.set(entry, line.line)
        list?.push(entry)
        blocks.push({ indent, container: entry })
        map = entry
      } else {
        // Behind a statement without dash, any line may follow.
        if (indent === base && root !== undefined && (Array.isArray(root) || !statementKey.test(name))) break
        map = blockAt(indent, false, line.line)
      }
      if (map === undefined || Array.isArray(map)) {
        fail('the indent fits no key above')
        break
      }
      const word = rest.slice(key[0].length).trimEnd()
      if (word === '') waiting = { map, key: name, indent }
      else {
        const value = readValue(word)
        if (value === undefined) {
          fail(`the text of "${name.slice(0, 60)}" does not end`, key[0].length)
          break
        }
        assignKey(map, name, value)
      }
      continue
    }
    if (isEntry && list !== undefined) {
      const value = readValue(rest.trimEnd())
      if (value === undefined) {
        fail('this text does not end')
        break
      }
      list.push(value)
      continue
    }
    if (indent > base) fail('expected a key or an entry of a list')
    break
  }
  settle()
  // What follows a break and stands further in is no plan of its own.
  if (broken !== undefined) {
    for (at += 1; at < lines.length; at += 1) {
      const { text = '' } = lines[at] ?? {}
      if (text.trim() !== '' && indentOf(text) <= base) break
    }
  }
  return toPlans(
    'yaml',
    {
      value: root,
      end: Math.max(at, from + 1),
      lines: lineOf,
      broken: broken === undefined ? undefined : { code: 'broken', ...broken },
    },
    {
      code: 'broken',
      message: '',
      line: first?.line ?? 1,
      column: (first?.column ?? 1) + base,
    },
  )
}

const indentOf = (text: string): number => text.length - text.trimStart().length

/** A value on the line of its key or dash; undefined if its quote never closes. */
function readValue(word: string): RawValue | undefined {
  const mark = word.charAt(0)
  if (mark === '"') {
    if (word.length < 2 || !word.endsWith('"')) return undefined
    return unescapeText(word.slice(1, -1))
  }
  if (mark === "'")
    return word.length < 2 || !word.endsWith("'") ? undefined : word.slice(1, -1).replaceAll("''", "'")
  if (mark === '[' && word.endsWith(']')) {
    try {
      return JSON.parse(word) as RawValue
    } catch {
      return word
    }
  }
  if (word === '{}') return {}
  return toScalar(word)
}

function unescapeText(text: string): string {
  if (!text.includes('\\')) return text
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    return text
  }
}
