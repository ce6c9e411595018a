import { createLogReader, type LogEntry } from '#shared/logs/index.ts'
import { collectStrayLines } from './stray-lines.ts'

/** A text out of a log that may hold plans, and what the log says beside it. */
export interface LoggedText {
  readonly text: string
  /** Line of the log on which the text begins. */
  readonly line: number
  /** The log has all of the text on that line. */
  readonly isOneLine: boolean
  readonly durationMs?: number
  readonly statement?: string
  readonly parameters?: string
}

const sign = /\d ms {1,4}plan ?:/i
/** What shows that a text may hold a plan, in any format. */
export const planSign = /\(cost=\d|\(actual |"Node Type"|<explain |Node Type: /

/**
 * The texts of a server's log that hold plans, one per entry of auto_explain, and what was pasted between its entries;
 * undefined for a text that is no log, or has no such entry.
 */
export function findLoggedTexts(text: string): readonly LoggedText[] | undefined {
  if (!sign.test(text)) return undefined
  const strays = collectStrayLines()
  const reader = createLogReader({ onStrayLine: strays.add })
  const entries: LogEntry[] = [...reader.push(text), ...reader.end()]
  const format = reader.format()
  if (format === undefined || !entries.some(({ event }) => event.kind === 'autoExplain')) return undefined
  const isOneLine = format === 'jsonlog'
  const texts: LoggedText[] = []
  for (const { text: pasted, line } of strays.take()) texts.push({ text: pasted, line, isOneLine: false })
  for (const { event, line, message } of entries) {
    if (event.kind === 'autoExplain') {
      const { durationMs, statement, parameters } = event
      texts.push({
        text: event.planText,
        line: isOneLine ? line : line + linesBefore(message, event.planText),
        isOneLine,
        durationMs,
        ...(statement === undefined ? {} : { statement }),
        ...(parameters === undefined ? {} : { parameters }),
      })
    } else if (planSign.test(message)) texts.push({ text: message, line, isOneLine })
  }
  return texts.toSorted((one, other) => one.line - other.line)
}

/** How many lines of an entry stand above its plan. */
function linesBefore(message: string, planText: string): number {
  const at = message.length - planText.length
  let lines = 0
  for (
    let found = message.indexOf('\n');
    found !== -1 && found < at;
    found = message.indexOf('\n', found + 1)
  )
    lines += 1
  return lines
}
