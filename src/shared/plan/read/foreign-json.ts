/** JSON's keys of a plan in the quotes of a word processor, or as programs in Python and JavaScript print and write them. */
const dressedKey = /[“”„‟](?:Plan|Node Type|QUERY PLAN)[“”„‟]\s{0,9}:/
/** With its quotes doubled, as in a cell of CSV. */
const doubledKey = /""(?:Plan|Node Type|QUERY PLAN)""\s{0,9}:/
const foreignKey = /'(?:Plan|Node Type|QUERY PLAN)'\s{0,9}:|[{,]\s{0,400}Plan\s{0,9}:/
/** Rows of text as Python prints them, or as a program lists them. */
const foreignRows = /^\s{0,400}\[\s{0,400}[([]?\s{0,400}(?:'|")[^'"]{0,4000}\((?:cost=|actual )/
/** A comma behind the last entry, in a document of a plan. */
const commaTooMany = /,\s{0,400}[\]}]/
const planKey = /"(?:Plan|Node Type|QUERY PLAN)"\s{0,9}:/
/** Numbers whose digits were masked, as regression tests do: they become texts. */
const maskedNumber = /"\s{0,9}:\s{0,9}N{1,20}(?:\.N{1,9})?\s{0,9}[,}\n]/
const words: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' }
const tokens =
  /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|\b(True|False|None)\b|([A-Za-z_$][\w$]{0,80})(?=\s{0,9}:)|(?<=:\s{0,9})(N{1,20}(?:\.N{1,9})?)(?=\s{0,400}[,\]}+]|$)|,(?=\s{0,400}[\])}])|[()]/g

/** The document in JSON's own signs, lines kept; undefined where it is none of these. */
export function mendForeignJson(text: string): string | undefined {
  if (dressedKey.test(text)) return text.replaceAll(/[“”„‟]/g, '"')
  if (doubledKey.test(text)) return text.replaceAll('""', '"')
  const isForeign =
    foreignKey.test(text) ||
    foreignRows.test(text) ||
    (planKey.test(text) && (commaTooMany.test(text) || maskedNumber.test(text)))
  if (!isForeign) return undefined
  const mend = (whole: string, ...[single, double, word, key, masked]: readonly (string | undefined)[]) => {
    if (word !== undefined) return words[word] ?? whole
    const bare = key ?? masked
    if (bare !== undefined) return `"${bare}"`
    if (whole === ',') return ''
    const body = single ?? double
    if (body === undefined) return whole === '(' ? '[' : ']'
    // What Python escapes as JSON does, stays; its own escape of the quote goes.
    return `"${body.replaceAll("\\'", "'").replaceAll(/(?<!\\)"/g, '\\"')}"`
  }
  return text.replaceAll(tokens, mend)
}
