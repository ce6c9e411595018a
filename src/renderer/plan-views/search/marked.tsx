import type { ReactNode } from 'react'
import { formatCount } from '#shared/units/index.ts'

interface MarkedProps {
  readonly text: string
  /** Lower-case parts, as `splitSearch` gives them. */
  readonly parts: readonly string[]
}

/** A list of a hundred thousand ids is a line of a megabyte: a browser lays one out for seconds. */
const drawnChars = 5_000

/** Text with what is searched for marked; of a very long one the beginning, and how much more there is. */
export function Marked({ text, parts }: MarkedProps): ReactNode {
  if (isDrawnWhole(text)) return <Marks text={text} parts={parts} />
  // Never between the two halves of a character.
  const end =
    text.codePointAt(drawnChars - 1) === text.charCodeAt(drawnChars - 1) ? drawnChars : drawnChars - 1
  return (
    <>
      <Marks text={text.slice(0, end)} parts={parts} />
      <span className="select-none text-ink-3">{` … ${formatCount(text.length - end)} more characters`}</span>
    </>
  )
}

function Marks({ text, parts }: MarkedProps): ReactNode {
  if (parts.length === 0) return text
  const pieces = cutAtMatches(text, parts)
  if (pieces.length < 2) return text
  return pieces.map((piece, at) =>
    at % 2 === 1 ? (
      // Pieces are drawn anew as a whole: they have no identity beyond their place.
      // oxlint-disable-next-line react/no-array-index-key
      <mark key={at} className="rounded-sm bg-accent-soft text-ink outline outline-accent">
        {piece}
      </mark>
    ) : (
      piece
    ),
  )
}

export const isDrawnWhole = (text: string): boolean => text.length <= drawnChars

/** Characters of a line as it is drawn: of a very long one not all are. */
export const drawnLength = (text: string): number => Math.min(text.length, drawnChars + 30)

/** What stands between the matches, and the matches, in turn: `['a ', 'hit', ' b']`. */
export function cutAtMatches(text: string, parts: readonly string[]): readonly string[] {
  const low = text.toLowerCase()
  // Some letters change their length in lower case: offsets would no longer fit.
  if (low.length !== text.length) return [text]
  const pieces: string[] = []
  let from = 0
  for (;;) {
    let at = -1
    let length = 0
    for (const part of parts) {
      const found = low.indexOf(part, from)
      if (found >= 0 && (at < 0 || found < at || (found === at && part.length > length))) {
        at = found
        length = part.length
      }
    }
    if (at < 0) break
    pieces.push(text.slice(from, at), text.slice(at, at + length))
    from = at + length
  }
  pieces.push(text.slice(from))
  return pieces
}
