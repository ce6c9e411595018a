import type { StatementCheck, StatementFacts, StatementSpan } from '#shared/contract/index.ts'

/** The part of the editor's text that a run takes. */
export interface ChosenStatement {
  readonly text: string
  /** UTF-16 offset of its first character in the editor's text. */
  readonly start: number
  readonly end: number
  /** Absent for a selection, a text that was not checked yet, or broken syntax. */
  readonly facts: StatementFacts | undefined
  readonly from: 'cursor' | 'selection' | 'everything'
}

export interface TextSelection {
  readonly start: number
  readonly end: number
}

/** The statement that holds the cursor, else the one that ends closest before it, else the first. */
export function spanAtCursor(spans: readonly StatementSpan[], cursor: number): number | undefined {
  if (spans.length === 0) return undefined
  const inside = spans.findIndex(({ start, end }) => start <= cursor && cursor <= end + 1)
  if (inside >= 0) return inside
  const before = spans.findLastIndex(({ end }) => end < cursor)
  return before >= 0 ? before : 0
}

function trimmed(text: string, start: number, end: number): TextSelection {
  const part = text.slice(start, end)
  return { start: start + (part.length - part.trimStart().length), end: start + part.trimEnd().length }
}

/**
 * What a run would take: the selection if there is one, else the statement under the cursor.
 * `check` must belong to `text`; without one (not checked yet, too long to check) everything is one statement.
 */
export function chooseStatement(
  text: string,
  selection: TextSelection,
  check: StatementCheck | undefined,
): ChosenStatement | undefined {
  if (selection.end > selection.start) {
    const place = trimmed(text, selection.start, selection.end)
    if (place.end > place.start) {
      const whole =
        check?.spans.findIndex(({ start, end }) => start === place.start && end === place.end) ?? -1
      return {
        ...place,
        text: text.slice(place.start, place.end),
        facts: check?.facts[whole] ?? undefined,
        from: 'selection',
      }
    }
  }
  // A long text is split, but not parsed; a huge one is neither.
  if (!check || (check.skipped !== undefined && check.spans.length === 0)) {
    const place = trimmed(text, 0, text.length)
    if (place.end <= place.start) return undefined
    return { ...place, text: text.slice(place.start, place.end), facts: undefined, from: 'everything' }
  }
  const index = spanAtCursor(check.spans, selection.start)
  const span = index === undefined ? undefined : check.spans[index]
  if (index === undefined || !span) return undefined
  return {
    ...span,
    text: text.slice(span.start, span.end),
    facts: check.facts[index] ?? undefined,
    from: 'cursor',
  }
}
