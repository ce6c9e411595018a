/** JSON's keys of a plan in the quotes of a word processor, or as a program in Python prints them. */
const dressedKey = /[“”„‟](?:Plan|Node Type|QUERY PLAN)[“”„‟]\s{0,9}:/
const pythonKey = /'(?:Plan|Node Type|QUERY PLAN)'\s{0,9}:/
const words: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' }
const tokens = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|\b(True|False|None)\b|[()]/g

/** The document in JSON's own signs, lines kept; undefined where it is none of these. */
export function mendForeignJson(text: string): string | undefined {
  if (dressedKey.test(text)) return text.replaceAll(/[“”„‟]/g, '"')
  if (!pythonKey.test(text)) return undefined
  return text.replaceAll(tokens, (whole, single?: string, double?: string, word?: string) => {
    if (word !== undefined) return words[word] ?? whole
    const body = single ?? double
    if (body === undefined) return whole === '(' ? '[' : ']'
    // What Python escapes as JSON does, stays; its own escape of the quote goes.
    return `"${body.replaceAll("\\'", "'").replaceAll(/(?<!\\)"/g, '\\"')}"`
  })
}
