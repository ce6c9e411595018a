/** A process tree on the workbench's machine that the user wants to see: by its pid, or by what its command says. */
export interface ProcessWatch {
  readonly watchId: string
  /** Unique among the watches: the label of their series. */
  readonly name: string
  readonly pid?: number
  /** A part of the command line, as written. Every process whose command holds it is a root of the tree. */
  readonly commandLine?: string
}

/** A name for a new watch that none of the others has: `vite`, then `vite (2)`. */
export function nameWatch(wanted: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} (${number})`
    if (!taken.includes(name)) return name
  }
}
