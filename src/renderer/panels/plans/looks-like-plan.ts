/** What is looked at: a plan says what it is early, whatever stands around it. */
const lookedAtChars = 20_000

/** Marks that hardly any other text has: a cost, a node's key, an element of the XML form. */
const marks = [
  /\(cost=\d[\d.]*\.\.\d/,
  /\(actual (?:time=[\d.]+\.\.[\d.]+ )?rows=\d/,
  /"Node Type"\s*:/,
  /^\s*(?:-\s+)?Node Type: "/m,
  /<Node-Type>/,
  /duration: [\d.]+ ms\s+plan:/,
  /^\s*->\s+\w[\w ]*(?:Scan|Join|Loop|Sort|Aggregate|Append|Hash)\b/m,
] as const

/** True for what is most likely the output of EXPLAIN: a quick look, before anything is parsed. */
export function looksLikePlan(text: string): boolean {
  const start = text.slice(0, lookedAtChars)
  return marks.some((mark) => mark.test(start))
}
