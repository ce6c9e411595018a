import type { SourceLine } from '../source-line.ts'
import { withText } from './split-lines.ts'

const open =
  /^\s*(?:`{3,}|\[code[^\]]{0,40}\]|\{(?:code|noformat)[^}]{0,40}\})(?=[^\s`].*\((?:cost=|actual ))/
const close = /(?:`{3,}|\[\/code\]|\{(?:code|noformat)\})\s*$/
export const fenceSign = /`{3}|\[\/?code|\{(?:code|noformat)/

/** Fences of chats, forums and trackers that stand on a line of the plan itself; on lines of their own they tell where it ends. */
export function withoutFences(lines: readonly SourceLine[]): readonly SourceLine[] {
  return lines.map((line) => {
    if (!fenceSign.test(line.text)) return line
    const start = open.exec(line.text)?.[0].length ?? 0
    const rest = line.text.slice(start)
    const freed = rest.replace(close, '')
    return freed.trim() === '' || (start === 0 && freed === rest) ? line : withText(line, freed, start)
  })
}
