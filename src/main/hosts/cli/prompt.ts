import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** True where there is somebody to ask. The question goes to standard error: the output belongs to the command. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY
}

/** Asks for a password without showing what is typed; `undefined` if the user gave up. */
export async function askPassword(question: string): Promise<string | undefined> {
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  try {
    return await new Promise((resolve) => {
      reader.once('line', resolve)
      reader.once('close', () => resolve(undefined))
      reader.once('SIGINT', () => {
        reader.close()
        // The terminal was in raw mode: this Ctrl-C is for the whole command.
        process.kill(process.pid, 'SIGINT')
      })
    })
  } finally {
    reader.close()
    process.stderr.write('\n')
  }
}
