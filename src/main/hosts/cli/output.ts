/** Writes to standard output; waits where the reader is slower than we are, so that nothing piles up. */
export function print(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()))
}

/** A line on standard error that is replaced by the next; only where somebody looks at it. */
export interface ProgressLine {
  show(text: string): void
  clear(): void
}

const leastMsBetween = 200

export function createProgressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  let shownAtMs = 0
  let isShown = false
  return {
    show: (text) => {
      if (!stream.isTTY || performance.now() - shownAtMs < leastMsBetween) return
      shownAtMs = performance.now()
      isShown = true
      stream.write(`\r\u001B[K${text}`)
    },
    clear: () => {
      if (isShown) stream.write('\r\u001B[K')
      isShown = false
    },
  }
}
