/** What a container's tools, or a host of databases, put around each line: `db-1  | …`, or an object of JSON. */
export interface Wrapping {
  /**
   * Frees a line.
   * @returns undefined where the line goes on in the next one
   */
  free(bytes: Uint8Array, start: number, end: number): FreedLine | undefined
}

export interface FreedLine {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}
