import { WorkbenchError } from '#shared/session/index.ts'
import type { Row } from './database.ts'

/** Reads typed cells out of a row; a file is untrusted input, so what doesn't fit is an error, not a guess. */
export interface RowReader {
  text(name: string): string
  optionalText(name: string): string | undefined
  number(name: string): number
  optionalNumber(name: string): number | undefined
  flag(name: string): boolean
  oneOf<Word extends string>(name: string, words: readonly Word[]): Word
}

export function readRow(row: Row): RowReader {
  const unfit = (name: string) =>
    new WorkbenchError(
      'SESSION_BROKEN',
      `The session file is damaged: its column ${name} holds something else.`,
      {
        advice: 'Restore the file from a copy, or go on in a new session.',
      },
    )
  const optionalText = (name: string) => {
    const cell = row[name] ?? undefined
    if (cell === undefined || typeof cell === 'string') return cell
    throw unfit(name)
  }
  const optionalNumber = (name: string) => {
    const cell = row[name] ?? undefined
    if (cell === undefined || typeof cell === 'number') return cell
    throw unfit(name)
  }
  const required = <Value>(name: string, value: Value | undefined) => {
    if (value === undefined) throw unfit(name)
    return value
  }
  return {
    optionalText,
    optionalNumber,
    text: (name) => required(name, optionalText(name)),
    number: (name) => required(name, optionalNumber(name)),
    flag(name) {
      const cell = row[name]
      if (typeof cell === 'boolean') return cell
      throw unfit(name)
    },
    oneOf(name, words) {
      return required(
        name,
        words.find((word) => word === row[name]),
      )
    },
  }
}

type Present<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> }

/** Leaves out what is `undefined`: absent and undefined are two things in our types. */
export function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<Fields>
}
