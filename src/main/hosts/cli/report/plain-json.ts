/** Six decimals at most, no negative zero: what was measured, without the noise of binary fractions. */
export function toPlain(value: number): number {
  return Number.isInteger(value) ? value + 0 : Number(value.toFixed(6)) + 0
}

/** JSON on a line of its own, every number in it plain. */
export function plainJsonLine(value: unknown): string {
  return `${JSON.stringify(value, (_key, entry: unknown) => (typeof entry === 'number' ? toPlain(entry) : entry))}\n`
}
