/**
 * UTF-16 offset of the server's error position: it counts characters, not UTF-16 units, from 1.
 *
 * @returns `undefined` where the position lies outside the statement
 * @source PostgreSQL manual, "Error and Notice Message Fields", field P
 */
export function offsetOfPosition(statement: string, position: number): number | undefined {
  let offset = 0
  let count = 1
  for (const character of statement) {
    if (count === position) return offset
    offset += character.length
    count += 1
  }
  return undefined
}

/** The word (or the single sign) at an offset: what gets underlined. */
export function wordAt(statement: string, offset: number): { readonly start: number; readonly end: number } {
  const rest = statement.slice(offset, offset + 200)
  const quoted = /^"(?:[^"]|"")*"/.exec(rest)?.[0]
  const word = quoted ?? /^[\p{L}\p{N}_$.]+/u.exec(rest)?.[0] ?? rest.slice(0, 1)
  return { start: offset, end: offset + Math.max(1, word.length) }
}
