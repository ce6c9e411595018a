import type { TextValue } from '#main/targets/index.ts'

/** Values of the server's text, by what they are; NULL is absent. */
export const toNumber = (value: TextValue | undefined): number | undefined =>
  value === null || value === undefined ? undefined : Number(value)

export const toCount = (value: TextValue | undefined): number => Number(value ?? 0)

export const toText = (value: TextValue | undefined): string => value ?? ''

/** A JSON array of texts. */
export const toTexts = (value: TextValue | undefined): readonly string[] =>
  value === null || value === undefined ? [] : (JSON.parse(value) as readonly string[])

/** A JSON array of numbers. */
export const toNumbers = (value: TextValue | undefined): readonly number[] =>
  value === null || value === undefined ? [] : (JSON.parse(value) as readonly number[])

type Defined<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> }

/** Leaves out what is absent. */
export function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Defined<Fields>
}
