/** JSON's keys of a plan in the quotes of a word processor, or as programs in Python and JavaScript print and write them. */
const dressedKey = /[“”„‟](?:Plan|Node Type|QUERY PLAN)[“”„‟]\s{0,9}:/
const foreignKey = /'(?:Plan|Node Type|QUERY PLAN)'\s{0,9}:|[{,]\s{0,400}Plan\s{0,9}:/
/** Rows of text as Python prints them, or as a program lists them. */
const foreignRows = /^\s{0,400}\[\s{0,400}[([]?\s{0,400}(?:'|")[^'"]{0,4000}\((?:cost=|actual )/
/** A comma behind the last entry, in a document of a plan. */
const commaTooMany = /,\s{0,400}[\]}]/
const planKey = /"(?:Plan|Node Type|QUERY PLAN)"\s{0,9}:/
const words: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' }
const tokens =
  /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|\b(True|False|None)\b|([A-Za-z_$][\w$]{0,80})(?=\s{0,9}:)|,(?=\s{0,400}[\])}])|[()]/g

/** The document in JSON's own signs, lines kept; undefined where it is none of these. */
export function mendForeignJson(text: string): string | undefined {
  if (dressedKey.test(text)) return text.replaceAll(/[“”„‟]/g, '"')
  const isForeign =
    foreignKey.test(text) || foreignRows.test(text) || (planKey.test(text) && commaTooMany.test(text))
  if (!isForeign) return undefined
  return text.replaceAll(tokens, (whole, single?: string, double?: string, word?: string, key?: string) => {
    if (word !== undefined) return words[word] ?? whole
    if (key !== undefined) return `"${key}"`
    if (whole === ',') return ''
    const body = single ?? double
    if (body === undefined) return whole === '(' ? '[' : ']'
    // What Python escapes as JSON does, stays; its own escape of the quote goes.
    return `"${body.replaceAll("\\'", "'").replaceAll(/(?<!\\)"/g, '\\"')}"`
  })
}
