import type { SourceLine } from '../source-line.ts'
import { withText } from './split-lines.ts'

const entityNames: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}
const entity = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));/g

/** Character references of XML and HTML as characters; unknown ones stay. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(entity, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entityNames[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

const tag =
  /<\/?(?:table|tbody|thead|tr|th|td|br|pre|code|p|div|span|font|b|i|li|ul|ol|QUERY_PLAN|DATA_RECORD|DATA)\b[^<>]{0,300}>/gi
/** Cells of pages, and of DBeaver's XML. */
const cellTag = /<(?:td\b[^<>]{0,300}|QUERY_PLAN)>/i
// Signs that a plan itself was escaped, and not just a literal in it.
const escapedArrow = /^(?:\s|&nbsp;|<td[^<>]{0,300}>){0,200}-&gt;/
const planText = /\((?:cost=|actual )/
const escapedSign = /&(?:gt|lt|amp|quot);/
const escaped = /&quot;(?:Plan|Node Type)&quot;|&lt;explain|&lt;Plan|&nbsp;/

/** Where a page begins a new line of what it shows; behind it a browser may have left everything on one line. */
const rowEnds = /<\/(?:tr|p|div|li)\s{0,9}>|<br\s{0,9}\/?>|<pre\b[^<>]{0,300}>/gi

/** The rows of a page that stand on one line; places stay those of the paste. */
function splitRows(line: SourceLine): readonly SourceLine[] {
  const { text } = line
  if (!text.includes('<') || text.includes('<explain')) return [line]
  const rows: SourceLine[] = []
  let from = 0
  for (const { index, 0: mark } of text.matchAll(rowEnds)) {
    // Alone at the end of its line it is taken off with the others.
    if (text.slice(index + mark.length).trim() === '') break
    rows.push(withText(line, text.slice(from, index), from))
    from = index + mark.length
  }
  return from === 0 ? [line] : [...rows, withText(line, text.slice(from), from)]
}

/** Plans copied from a page's source: tags and character references. XML plans are left as they are. */
export function withoutMarkup(pasted: readonly SourceLine[]): readonly SourceLine[] {
  const hasCells = pasted.some(({ text }) => text.includes('<') && cellTag.test(text))
  const hasTags = hasCells || pasted.some(({ text }) => /<(?:br|pre|code|span)\b/i.test(text))
  const lines = hasTags ? pasted.flatMap(splitRows) : pasted
  // A page spells all its signs out; elsewhere they may stand in a literal, if the arrows do not show it.
  const isPage =
    hasTags ||
    (lines.some(({ text }) => planText.test(text)) && !lines.some(({ text }) => text.includes('->')))
  const hasEntities = lines.some(
    ({ text }) =>
      text.includes('&') &&
      (escaped.test(text) || escapedArrow.test(text) || (isPage && escapedSign.test(text))),
  )
  if (!hasTags && !hasEntities) return lines
  const out: SourceLine[] = []
  let inXml = false
  for (const line of lines) {
    let { text } = line
    if (text.includes('<explain')) inXml = true
    if (inXml) {
      if (text.includes('</explain>')) inXml = false
      out.push(line)
      continue
    }
    // Between the rows of a page's table.
    if (hasCells && text.trim() === '') continue
    let skip = 0
    if (hasTags && text.includes('<')) {
      if (hasCells && /<th\b|<td colspan/i.test(text)) continue
      // The page's own indent is not the plan's.
      const cell = hasCells ? cellTag.exec(text) : null
      if (cell !== null) skip = cell.index + cell[0].length
      const bare = text.slice(skip).replace(tag, '')
      if (bare.trim() === '' && bare !== text) continue
      text = bare
    }
    out.push(withText(line, hasEntities || hasCells ? decodeEntities(text) : text, skip))
  }
  return out
}

const latexRules =
  /^\s*(?:\\(?:begin|end|hline|toprule|midrule|bottomrule|end(?:first)?head|endfoot|small|multicolumn|tabularnewline)|&\s*$)/
const latexWords =
  /\\(?:text(greater|less|backslash|asciitilde|asciicircum|bar)(?:\{\})?|([_{}%&#$])|([\^~])\{\})/g
const latexCharacters: Readonly<Record<string, string>> = {
  greater: '>',
  less: '<',
  backslash: '\\',
  asciitilde: '~',
  asciicircum: '^',
  bar: '|',
}

/** psql's LaTeX tables: rows end with two backslashes, special characters are spelled out. */
export function withoutLatex(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (!lines.some(({ text }) => text.includes('\\begin{') || text.includes('\\textgreater'))) return lines
  const out: SourceLine[] = []
  for (const line of lines) {
    if (latexRules.test(line.text)) continue
    let skip = 0
    const cell = line.text
      .replace(/^QUERY PLAN & /, '')
      .replace(/^(?:& )?\\raggedright\{(.*)\}\s*\\tabularnewline$/, '$1')
      .replace(/^\\raggedright\{(.*)\}$/, '$1')
    for (const part of cell.split('\\\\')) {
      const row = part
        .replace(/^\s*\\textit\{(.*)\}\s*$/, '$1')
        .replace(latexWords, (_, word?: string, sign?: string, accent?: string) =>
          word === undefined ? (sign ?? accent ?? '') : (latexCharacters[word] ?? ''),
        )
      if (row.trim() !== '') out.push(withText(line, row.trimEnd(), skip))
      skip += part.length + 2
    }
  }
  return out
}

/** psql's tables for troff spell the backslash out; how the cells are laid out is said up to a full stop. */
export function withoutTroff(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (!lines.some(({ text }) => text === '.TS')) return lines
  const out: SourceLine[] = []
  let inLayout = false
  for (const line of lines) {
    const { text } = line
    if (inLayout) inLayout = !text.endsWith('.')
    else if (text === '.TS' || text === '.T&') inLayout = true
    else if (!troffRules.test(text))
      out.push(
        withText(
          line,
          text
            .replaceAll('\\(rs', '\\')
            .replace(/^QUERY PLAN\t/, '')
            .replace(/^\\fI(.*)\\fP$/, '$1'),
        ),
      )
  }
  return out
}

const troffRules = /^(?:\.[A-Z_]|_$|\\fIRecord \d+\\fP$)/
