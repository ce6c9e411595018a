/** A line of a plan's text, freed from what a client put around it, and where it stood in the paste (from 1). */
export interface SourceLine {
  readonly text: string
  readonly line: number
  /** Column of the paste at which `text` begins. */
  readonly column: number
}
