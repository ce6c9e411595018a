/** Gives numbers to values, in the order in which they come. */
export interface Numbering {
  /** The number of what has this key; `add` is told of a new one, before anybody else refers to it. */
  of(key: string, add: (number: number) => void): number
  has(key: string): boolean
}

/** @param most remembering more would grow without end; what is forgotten gets another number, and means the same */
export function createNumbering(first: number, most = 20_000): Numbering {
  const numbers = new Map<string, number>()
  let next = first
  return {
    has: (key) => numbers.has(key),
    of(key, add) {
      const known = numbers.get(key)
      if (known !== undefined) return known
      if (numbers.size >= most) numbers.clear()
      const number = next
      next += 1
      numbers.set(key, number)
      add(number)
      return number
    },
  }
}
