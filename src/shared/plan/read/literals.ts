/** A literal of a program or a log with its line breaks written out. */
const literal = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/g
const planSign = /\((?:cost=|actual )|"(?:Plan|Node Type)|Node Type: |<explain/

/** What the literals of one text spell, and on which of its lines they stand. */
export interface SpelledText {
  readonly text: string
  readonly line: number
}

/** The texts that literals spell which hold a plan over several lines: `plan = "Limit …\n  ->  …"`. */
export function spelledTexts(text: string): readonly SpelledText[] {
  if (!text.includes(String.raw`\n`)) return []
  const found: SpelledText[] = []
  let line = 1
  let counted = 0
  for (const { index, 1: double, 2: single } of text.matchAll(literal)) {
    const body = double ?? single ?? ''
    if (!body.includes(String.raw`\n`)) continue
    const spelled = spell(body)
    if (spelled === undefined || !planSign.test(spelled)) continue
    for (; counted < index; counted += 1) if (text.charCodeAt(counted) === 10) line += 1
    found.push({ text: spelled, line })
  }
  return found
}

/** The text of a literal's body, escapes as in JSON and in most programs; undefined where it is written otherwise. */
function spell(body: string): string | undefined {
  try {
    const json = body.replaceAll(String.raw`\'`, "'").replaceAll(/(?<!\\)"/g, String.raw`\"`)
    const value: unknown = JSON.parse(`"${json.replaceAll('\t', String.raw`\t`)}"`)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
