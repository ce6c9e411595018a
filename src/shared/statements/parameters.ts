import { scanToken } from './scan.ts'

/** The highest `$n` of a statement; 0 if it has none. Text in strings and comments doesn't count. */
export function countParameters(sql: string): number {
  // Quick answer for long texts: no dollar, no parameter.
  if (!sql.includes('$')) return 0
  let highest = 0
  for (let token = scanToken(sql, 0); token !== undefined; token = scanToken(sql, token.end)) {
    if (token.kind === 'parameter') highest = Math.max(highest, Number(token.text))
  }
  return highest
}
