/** Lines that stand together in a log and belong to no entry of it. */
export interface StrayText {
  readonly text: string
  /** Line of the log on which it begins. */
  readonly line: number
  /** Lines in it that are not empty. */
  readonly lines: number
}

/** Nobody pastes more between the lines of a log; a file of garbage must not be kept whole. */
const mostChars = 32 * 1_024 * 1_024

/** Collects the stray lines of a log (`onStrayLine` of its reader) into the texts that they were pasted as. */
export interface StrayLines {
  readonly add: (text: string, line: number) => void
  /** The texts collected since it was last asked, if given those alone that end above a line. */
  readonly take: (above?: number) => readonly StrayText[]
}

export function collectStrayLines(): StrayLines {
  let texts: { text: string[]; line: number; lines: number; end: number }[] = []
  let chars = 0
  return {
    add: (text, line) => {
      if (chars + text.length > mostChars) return
      chars += text.length + 1
      // A record of CSV that is none may span lines.
      const end = line + text.split('\n').length
      const last = texts.at(-1)
      const lines = text.trim() === '' ? 0 : 1
      if (last?.end !== line) {
        texts.push({ text: [text], line, lines, end })
        return
      }
      last.text.push(text)
      last.lines += lines
      last.end = end
    },
    take: (above = Number.POSITIVE_INFINITY) => {
      const taken = texts
        .filter(({ end }) => end <= above)
        .map(({ text, line, lines }) => ({ text: text.join('\n'), line, lines }))
      texts = texts.filter(({ end }) => end > above)
      for (const { text } of taken) chars -= text.length
      return taken
    },
  }
}
