/** A whole number at the start of a text; `undefined` where there is none, or none that a double can hold. */
export function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,20}$/.test(text)) return undefined
  return Number(text)
}

export function splitLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}

export function splitFields(line: string): readonly string[] {
  return line.trim().split(/\s+/)
}

/** `name: value kB` and `name value` lines, by name. */
export function readNamedNumbers(text: string): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>()
  for (const line of splitLines(text)) {
    const [name = '', value] = splitFields(line)
    const number = wholeNumber(value)
    if (number !== undefined) numbers.set(name.replace(/:$/, ''), number)
  }
  return numbers
}
