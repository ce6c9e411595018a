import type { ReactNode } from 'react'

interface MarkedProps {
  readonly text: string
  /** Lower-case parts, as `splitSearch` gives them. */
  readonly parts: readonly string[]
}

/** Text with what is searched for marked. */
export function Marked({ text, parts }: MarkedProps): ReactNode {
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
