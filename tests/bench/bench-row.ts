/** One line of the table that `npm run bench` prints and keeps in `docs/performance.md`. */
export interface BenchRow {
  readonly area: string
  readonly what: string
  /** Measured, with its unit: `12 ms`. */
  readonly figure: string
  readonly budget?: string
  /** Whether the budget holds; absent where there is none, or where the noise leaves it open. */
  readonly holds?: boolean
}
