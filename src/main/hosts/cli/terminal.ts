/** How output for people may look here. */
export interface Terminal {
  /** Columns to fill at most. */
  readonly width: number
  readonly color: boolean
}

const usualWidth = 120
const leastWidth = 60

/** Colour only where somebody looks at it and has not declined it (no-color.org). */
export function describeTerminal(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  environment: Readonly<Record<string, string | undefined>>,
): Terminal {
  const isTerminal = stream.isTTY === true
  const refusesColor = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb'
  return {
    width: Math.max(leastWidth, isTerminal ? (stream.columns ?? usualWidth) : usualWidth),
    color: isTerminal && !refusesColor,
  }
}

const codes = { bold: '1', dim: '2', red: '31', yellow: '33', cyan: '36' } as const
export type Style = keyof typeof codes

/** Text in a style, where the terminal has styles. Pad before: the codes have a length, too. */
export function paint({ color }: Terminal, style: Style, text: string): string {
  return color && text !== '' ? `\u001B[${codes[style]}m${text}\u001B[0m` : text
}

/** Without the control characters that steer a terminal: they must come out of no file and no server. Lines stay. */
export function withoutControls(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]+/gu, ' ')
}

/** At most so many columns; what was cut ends in an ellipsis. Control characters of pasted texts become blanks. */
export function fit(text: string, columns: number): string {
  const plain = text.replaceAll(/\p{Cc}+/gu, ' ')
  return plain.length <= columns ? plain : `${plain.slice(0, Math.max(0, columns - 1)).trimEnd()}…`
}

/** Words on lines of at most `columns`, each line indented; a word that is too long stands alone. */
export function wrap(text: string, columns: number, indent: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of fit(text, 100_000).split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  if (line !== '') lines.push(line)
  return lines.map((part) => indent + part).join('\n')
}
