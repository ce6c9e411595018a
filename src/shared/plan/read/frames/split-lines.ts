import type { SourceLine } from '../source-line.ts'

// Spaces that web pages and word processors put for plain ones; one for one, so that columns stay.
const foreignSpaces = /[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g
const foreignSpace = /[\u00A0\u2000-\u200A\u202F\u205F\u3000]/
// Left behind by terminals that colour their output.
const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g')

// What nobody sees, and chats and word processors leave between characters.
const unseen = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069]|(?!^)\uFEFF/g
// What editors make of an arrow and of two dots.
const dressedArrow = /[\u2010-\u2015\u2212]>/g
const arrowSign = /^([\s|│║"'>#*/-]{0,400})[→➔➜⟶](?= )/
const ellipsis = /(\d)…(?=\d)/g
const dressed = /[\u00AD\u200B-\u200F\u2028-\u202E\u2060\u2066-\u2069\u2010-\u2015\u2212→➔➜⟶…\uFEFF]/

/** Characters for which a client or an editor put others; a line stays a line. */
function undress(text: string): string {
  return text
    .replace(/\r?[\u2028\u2029]/g, '\r')
    .replace(unseen, '')
    .replace(dressedArrow, '->')
    .replace(ellipsis, '$1..')
}

/** The lines of a paste, whatever ends them, without byte order mark, exotic spaces and colours. */
export function splitLines(text: string): SourceLine[] {
  const isDressed = dressed.test(text)
  const plainly = isDressed ? undress(text) : text
  const spaced = foreignSpace.test(plainly) ? plainly.replace(foreignSpaces, ' ') : plainly
  const coloured = spaced.includes('\u001B[')
  const lines: SourceLine[] = []
  const start = spaced.charCodeAt(0) === 0xfeff ? 1 : 0
  const carriage = spaced.includes('\r')
  let at = start
  for (let line = 1; ; line += 1) {
    let end = spaced.indexOf('\n', at)
    const last = end === -1
    if (last) end = spaced.length
    const stop = carriage && end > at && spaced.charCodeAt(end - 1) === 13 ? end - 1 : end
    const whole = spaced.slice(at, stop)
    const plain = isDressed ? whole.replace(arrowSign, '$1->') : whole
    const column = line === 1 ? start + 1 : 1
    if (carriage && plain.includes('\r')) {
      // Old Macs, and terminals that overwrite a line.
      let shift = 0
      for (const part of plain.split('\r')) {
        lines.push({ text: part, line, column: column + shift })
        shift += part.length + 1
      }
    } else lines.push({ text: coloured ? plain.replace(colours, '') : plain, line, column })
    if (last) return lines
    at = end + 1
  }
}

/** The same lines with another text each; `skip` is how many characters of the line come before it. */
export const withText = (line: SourceLine, text: string, skip = 0): SourceLine => ({
  text,
  line: line.line,
  column: line.column + skip,
})
