import type { LogEntry } from '#shared/logs/index.ts'
import type { FoundPlan } from './found-plan.ts'
import { planSign } from './log-plans.ts'
import { readPlans } from './read-plans.ts'
import { collectStrayLines } from './stray-lines.ts'

/** A text with plans in it that stands in a log, and was not logged as a plan. */
export interface PastedText {
  readonly text: string
  /** Line of the log on which it begins. */
  readonly line: number
  /** Their lines are those of the log. */
  readonly plans: readonly FoundPlan[]
  readonly warnings: readonly string[]
}

/** Plans that are in a log although auto_explain did not log them: what psql printed between the lines, or in a message. */
export interface PastedPlans {
  /** What the log's reader tells as `onStrayLine`. */
  readonly addStray: (text: string, line: number) => void
  /** Those that stand above an entry, and in its own message; to be asked for each entry in turn. */
  readonly upTo: (entry: LogEntry) => readonly PastedText[]
  /** Those below the last entry. */
  readonly atEnd: () => readonly PastedText[]
  /** Lines that belong to no entry and are no plan either. */
  readonly passedOver: () => { readonly lines: number; readonly firstLine: number | undefined }
}

export function collectPastedPlans(): PastedPlans {
  const strays = collectStrayLines()
  let lines = 0
  let firstLine: number | undefined

  function takeStrays(above?: number): readonly PastedText[] {
    return strays.take(above).flatMap((stray) => {
      const pasted = readPasted(stray.text, stray.line)
      if (pasted !== undefined) return [pasted]
      if (stray.lines > 0) firstLine ??= stray.line
      lines += stray.lines
      return []
    })
  }

  return {
    addStray: strays.add,
    upTo(entry) {
      // What was pasted may go on in the next piece, as long as no entry follows.
      const above = takeStrays(entry.line)
      const own = entry.event.kind === 'autoExplain' ? undefined : readPasted(entry.message, entry.line)
      return own === undefined ? above : [...above, own]
    },
    atEnd: () => takeStrays(),
    passedOver: () => ({ lines, firstLine }),
  }
}

function readPasted(text: string, line: number): PastedText | undefined {
  if (!planSign.test(text)) return undefined
  const reading = readPlans(text)
  if (!reading.ok) return undefined
  const plans = reading.plans.map((plan) => ({ ...plan, line: line + plan.line - 1 }))
  return { text, line, plans, warnings: reading.warnings }
}
