import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'

/** Whoever read the output has left (`| head`): no failure of ours, and no reason to go on. */
export class ReaderLeft extends Error {
  override readonly name = 'ReaderLeft'
}

const leftCodes: ReadonlySet<string> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED'])

/**
 * Writes to standard output; waits where the reader is slower than we are, so that nothing piles up.
 *
 * @throws ReaderLeft, so that whoever prints closes what it has open; CommandFailure where a disk is full
 */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error?: NodeJS.ErrnoException | null) => {
      if (error === undefined || error === null) resolve()
      else if (leftCodes.has(error.code ?? '')) reject(new ReaderLeft())
      else reject(new CommandFailure(exitCodes.internal, `The output can’t be written: ${error.code}.`))
    })
  })
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
