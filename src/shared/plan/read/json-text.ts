import type { RawValue } from '../raw.ts'

/**
 * A JSON reader for what `JSON.parse` can't tell: where the text breaks, where a value stands, and what servers write
 * beside the grammar: keys said twice (`Workers`, before 13), and keys inside a list (`Tuples Inserted` among the
 * `Target Tables` of MERGE on a partitioned table, 15 to 18). Slower than the engine's, so used only when asked for.
 * Keeps its own stack: nesting is bounded by memory, not by the call stack.
 */

export interface JsonFault {
  readonly ok: false
  readonly offset: number
  /** True if the text ends before the value does. */
  readonly truncated: boolean
  readonly message: string
  /** What was read until there: the open objects and lists as far as they had come. */
  readonly partial: () => RawValue | undefined
}

export interface JsonReading {
  readonly ok: true
  readonly value: RawValue
  /** Where each object starts. */
  readonly offsets: ReadonlyMap<object, number>
  /** Keys that one object says more than once; their lists were joined, of other values the last one stays. */
  readonly repeatedKeys: ReadonlySet<string>
  /** Keys that stood inside a list, where JSON has none; they were given to the object around it. */
  readonly strayKeys: ReadonlySet<string>
}

/** A node is two levels; chains of thousands of nodes occur, of this many they don't. */
const deepestNesting = 50_000

type Container = Record<string, RawValue> | RawValue[]

interface Frame {
  readonly container: Container
  /** The key whose value comes next: in an object always, in a list where one strayed into it. */
  key: string | undefined
  /** Keys that strayed into a list, for the object around it. */
  readonly strays: (readonly [key: string, value: RawValue])[]
}

// Comments, too: people note things in a plan that they show around.
const spaces = /(?:[ \t\n\r\uFEFF]|\/\/[^\n]*|\/\*[^*]*\*+(?:[^*/][^*]*\*+)*\/)*/y
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const wordToken = /true|false|null/y
const stringBody = /[^"\\]*/y
const words: Readonly<Record<string, RawValue>> = { true: true, false: false, null: null }

function assign(object: Record<string, RawValue>, key: string, value: RawValue, repeated: Set<string>): void {
  if (Object.hasOwn(object, key)) {
    const earlier = object[key]
    // A list with strays was handed over ahead of them.
    if (Array.isArray(value) && earlier === value) return
    repeated.add(key)
    if (Array.isArray(earlier) && Array.isArray(value)) value.unshift(...earlier)
  }
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
  } else {
    object[key] = value
  }
}

const isListInObject = (frames: readonly Frame[]): boolean =>
  frames.length > 1 && Array.isArray(frames.at(-1)?.container) && !Array.isArray(frames.at(-2)?.container)

/** Reads JSON text, telling where it breaks. */
export function readJsonText(text: string): JsonReading | JsonFault {
  const offsets = new Map<object, number>()
  const repeated = new Set<string>()
  const strayed = new Set<string>()
  const frames: Frame[] = []
  let at = 0

  const partial = (): RawValue | undefined => {
    let value: RawValue | undefined
    for (let depth = frames.length - 1; depth >= 0; depth -= 1) {
      const frame = frames[depth]
      if (frame === undefined) break
      if (value !== undefined) {
        if (!Array.isArray(frame.container)) assign(frame.container, frame.key ?? '', value, repeated)
        else if (frame.key === undefined) frame.container.push(value)
      }
      value = frame.container
    }
    return value
  }
  const fault = (message: string, offset = at): JsonFault =>
    offset >= text.length
      ? {
          ok: false,
          offset: text.length,
          truncated: true,
          message: 'the text ends in the middle of the plan',
          partial,
        }
      : { ok: false, offset, truncated: false, message, partial }
  const match = (pattern: RegExp): string => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? ''
    at += found.length
    return found
  }
  /** The text of the string that starts here, or undefined with `at` on what broke it. */
  const readString = (): string | undefined => {
    const start = at
    at += 1
    for (;;) {
      const body = match(stringBody)
      for (let place = 0; place < body.length; place += 1) {
        if (body.charCodeAt(place) >= 0x20) continue
        at += place - body.length
        return undefined
      }
      const mark = text[at]
      if (mark === '"') break
      if (mark !== '\\') return undefined
      const escape = text[at + 1]
      if (escape === 'u') {
        if (!/^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) {
          at = Math.min(at + 6, text.length)
          return undefined
        }
        at += 6
      } else if (escape !== undefined && '"\\/bfnrt'.includes(escape)) {
        at += 2
      } else {
        if (escape === undefined) at += 1
        return undefined
      }
    }
    at += 1
    return JSON.parse(text.slice(start, at)) as string
  }
  /** Reads `"key" :` of the object on top. */
  const readKey = (frame: Frame): JsonFault | undefined => {
    match(spaces)
    if (text[at] !== '"') return fault('expected a key in double quotes')
    const key = readString()
    if (key === undefined) return fault('this key is broken')
    frame.key = key
    match(spaces)
    if (text[at] !== ':') return fault(`expected ":" after the key "${key.slice(0, 60)}"`)
    at += 1
    return undefined
  }

  for (;;) {
    // One value starts here.
    match(spaces)
    const mark = text[at]
    let value: RawValue
    if (mark === '{' || mark === '[') {
      const container: Container = mark === '{' ? {} : []
      if (mark === '{') offsets.set(container, at)
      at += 1
      match(spaces)
      if (text[at] !== (mark === '{' ? '}' : ']')) {
        if (frames.length === deepestNesting) return fault('it is nested deeper than any plan')
        const frame: Frame = { container, key: undefined, strays: [] }
        frames.push(frame)
        const broken = Array.isArray(container) ? undefined : readKey(frame)
        if (broken !== undefined) return broken
        continue
      }
      at += 1
      value = container
    } else if (mark === '"') {
      const string = readString()
      if (string === undefined) return fault('this text is broken: a control character or a bad escape')
      value = string
    } else {
      const start = at
      const number = match(numberToken)
      const word = number === '' ? match(wordToken) : ''
      if (number === '' && word === '') return fault('expected a value')
      if (at === text.length && frames.length > 0) return fault('', text.length)
      if (/[\w.+-]/.test(text[at] ?? '')) return fault('this value is broken', start)
      value = number === '' ? (words[word] ?? null) : Number(number)
    }

    // The value is whole: hand it to its container, and close what ends after it.
    for (;;) {
      const frame = frames.at(-1)
      if (frame === undefined) {
        match(spaces)
        if (at < text.length) return fault('there is more text after the end of the plan')
        return { ok: true, value, offsets, repeatedKeys: repeated, strayKeys: strayed }
      }
      const { container } = frame
      match(spaces)
      const next = text[at]
      if (next === ':' && typeof value === 'string' && frame.key === undefined && isListInObject(frames)) {
        frame.key = value
        at += 1
        break
      }
      if (!Array.isArray(container)) assign(container, frame.key ?? '', value, repeated)
      else if (frame.key === undefined) container.push(value)
      else {
        frame.strays.push([frame.key, value])
        strayed.add(frame.key)
        frame.key = undefined
      }
      if (next === ',') {
        at += 1
        const broken = Array.isArray(container) ? undefined : readKey(frame)
        if (broken !== undefined) return broken
        break
      }
      if (next !== (Array.isArray(container) ? ']' : '}')) {
        return fault(Array.isArray(container) ? 'expected "," or "]"' : 'expected "," or "}"')
      }
      at += 1
      frames.pop()
      value = container
      const outer = frames.at(-1)
      if (frame.strays.length > 0 && outer !== undefined && !Array.isArray(outer.container)) {
        // First the list, then what strayed into it: the order in which the server said them.
        assign(outer.container, outer.key ?? '', value, repeated)
        for (const [key, stray] of frame.strays) assign(outer.container, key, stray, repeated)
      }
    }
  }
}

/** Line and column (both from 1) of an offset. */
export function locate(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1
  let lineStart = 0
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1
    lineStart = at + 1
  }
  return { line, column: offset - lineStart + 1 }
}

/** One opened container while writing: its members and how far we got. */
interface Writing {
  readonly entries: readonly (readonly [string | undefined, RawValue])[]
  at: number
  readonly close: string
}

/** Deeper than this, lines are not moved further in: thousands of levels would be all spaces. */
const deepestIndent = 200

const newLine = (depth: number): string => `\n${'  '.repeat(Math.min(depth, deepestIndent))}`

/** JSON text with two spaces of indent, as the server lays it out; iterates, so that depth does not matter. */
export function writeJsonText(root: RawValue): string {
  const out: string[] = []
  const open: Writing[] = []
  const start = (value: RawValue): void => {
    if (typeof value !== 'object' || value === null) {
      out.push(JSON.stringify(value))
    } else if (Array.isArray(value)) {
      if (value.length === 0) out.push('[]')
      else {
        out.push('[')
        open.push({ entries: value.map((entry: RawValue) => [undefined, entry] as const), at: 0, close: ']' })
      }
    } else {
      const entries = Object.entries(value as Readonly<Record<string, RawValue>>)
      if (entries.length === 0) out.push('{}')
      else {
        out.push('{')
        open.push({ entries, at: 0, close: '}' })
      }
    }
  }
  start(root)
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const entry = top.entries[top.at]
    if (entry === undefined) {
      open.pop()
      out.push(`${newLine(open.length)}${top.close}`)
      continue
    }
    out.push(`${top.at === 0 ? '' : ','}${newLine(open.length)}`)
    top.at += 1
    if (entry[0] !== undefined) out.push(`${JSON.stringify(entry[0])}: `)
    start(entry[1])
  }
  return out.join('')
}
