/** How well a name answers what was typed; lower is better, `undefined` is no match. */
export type Rank = number

/** A name prepared for matching: folded once, not at each key. */
export interface Folded<Item> {
  readonly item: Item
  readonly folded: string
  /** First letters of its parts: `order_lines` → `ol`. */
  readonly initials: string
}

export function fold<Item>(item: Item, name: string): Folded<Item> {
  const initials = name
    .split(/[_\s.]+|(?<=[a-z0-9])(?=[A-Z])/)
    .map((part) => part.slice(0, 1))
    .join('')
  return { item, folded: name.toLowerCase(), initials: initials.toLowerCase() }
}

/** Whether all letters of `typed` occur in `name` in this order, beginning with its first letter. */
function isSubsequence(typed: string, name: string): boolean {
  if (typed[0] !== name[0]) return false
  let at = 0
  for (const letter of typed) {
    at = name.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}

/** Exact, prefix, start of a part, initials, inside, letters in order: in this order of worth. */
export function rankName(typed: string, candidate: Folded<unknown>): Rank | undefined {
  if (typed === '') return 0
  const { folded, initials } = candidate
  const at = folded.indexOf(typed)
  if (at === 0) return folded.length === typed.length ? 0 : 1
  if (at > 0 && (folded[at - 1] === '_' || folded[at - 1] === '.')) return 2
  if (typed.length > 1 && initials.startsWith(typed)) return 3
  if (at > 0) return 4
  return typed.length > 2 && isSubsequence(typed, folded) ? 5 : undefined
}

/** The best `limit` candidates, by rank, then weight (lower first), then length and name. */
export function pickBest<Item>(
  typed: string,
  candidates: readonly Folded<Item>[],
  limit: number,
  weight: (item: Item) => number,
): readonly { readonly item: Item; readonly rank: Rank }[] {
  const wanted = typed.toLowerCase()
  const found: { item: Item; rank: Rank; weight: number; folded: string }[] = []
  for (const candidate of candidates) {
    const rank = rankName(wanted, candidate)
    if (rank !== undefined)
      found.push({ item: candidate.item, rank, weight: weight(candidate.item), folded: candidate.folded })
  }
  found.sort(
    (a, b) =>
      a.rank - b.rank ||
      a.weight - b.weight ||
      (wanted === '' ? 0 : a.folded.length - b.folded.length) ||
      (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : 0),
  )
  return found.slice(0, limit)
}
