/**
 * The UTF-16 offset of a place that is counted in characters (code points), as the server and its parser count.
 *
 * @param codePoints 0-based; beyond the end gives the length of the text
 */
export function codePointToOffset(text: string, codePoints: number): number {
  let offset = 0
  for (let left = codePoints; left > 0 && offset < text.length; left -= 1) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
  }
  return offset
}

/** A part of a text that never ends in half a character: at most `chars` UTF-16 units. */
export function cutText(text: string, chars: number): string {
  if (text.length <= chars) return text
  const last = text.charCodeAt(chars - 1)
  const isHalf = last >= 0xd800 && last < 0xdc00
  return text.slice(0, isHalf ? chars - 1 : chars)
}
