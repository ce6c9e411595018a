const shelters = /['"([\])]/

/**
 * Splits what the server joined with `, `: at commas outside parentheses, brackets, literals and quoted names.
 * Doubled quotes close and open again, so they need no care.
 */
export function splitList(text: string): string[] {
  if (!text.includes(', ')) return [text]
  if (!shelters.test(text)) return text.split(', ')
  const parts: string[] = []
  let start = 0
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at)
    if (char === 39 || char === 34) {
      const end = text.indexOf(char === 39 ? "'" : '"', at + 1)
      if (end === -1) break
      at = end
    } else if (char === 40 || char === 91) depth += 1
    else if (char === 41 || char === 93) depth -= 1
    else if (char === 44 && depth === 0 && text.charCodeAt(at + 1) === 32) {
      parts.push(text.slice(start, at))
      start = at + 2
    }
  }
  parts.push(text.slice(start))
  return parts
}
