import {
  createLogReader,
  type LogFormat,
  type PlanReference,
  type StatementGroup,
} from '#shared/logs/index.ts'
import { openText } from '../open-plans.ts'

/** Reads the bytes of one plan again and opens it. */
export async function openLogPlan(
  file: File,
  format: LogFormat,
  group: StatementGroup,
  { offset, length, durationMs }: PlanReference,
): Promise<void> {
  const bytes = new Uint8Array(await file.slice(offset, offset + length).arrayBuffer())
  const reader = createLogReader({ format, startOffset: offset })
  const [entry] = [...reader.push(bytes), ...reader.end()]
  if (entry === undefined || !('planText' in entry.event)) {
    throw new Error(`${file.name} has changed since it was read: open it again.`)
  }
  const { planText, statement = group.example } = entry.event
  openText({ text: planText, source: 'log', statement, durationMs, name: nameOf(statement), log: file })
}

const nameChars = 80

const nameOf = (statement: string): string => {
  const words = statement.trim().replaceAll(/\s+/g, ' ')
  return words.length <= nameChars ? words : `${words.slice(0, nameChars - 1)}…`
}
