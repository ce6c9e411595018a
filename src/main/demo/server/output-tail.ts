import type { Readable } from 'node:stream'

/** The last lines that a process wrote, for the message when it fails. */
export interface OutputTail {
  readonly lines: () => readonly string[]
  readonly lastLine: () => string | undefined
}

const keptLines = 40

/** Reads the stream to its end, so that the writer never waits for us. */
export function keepTail(stream: Readable | null, onLine?: (line: string) => void): OutputTail {
  const lines: string[] = []
  let rest = ''
  stream?.setEncoding('utf8')
  stream?.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n')
    rest = (parts.pop() ?? '').slice(-4_000)
    for (const line of parts) {
      if (line.trim() === '') continue
      lines.push(line.trimEnd())
      if (lines.length > keptLines) lines.shift()
      onLine?.(line)
    }
  })
  stream?.on('error', () => undefined)
  const all = () => (rest.trim() === '' ? lines : [...lines, rest.trimEnd()])
  return {
    lines: all,
    lastLine: () => {
      const said = all()
      // The reason is what PostgreSQL calls fatal; hints and log lines follow it.
      return said.findLast((line) => /\b(FATAL|PANIC|error):/.test(line)) ?? said.at(-1)
    },
  }
}
