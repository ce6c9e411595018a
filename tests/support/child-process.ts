import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

/** A script of `tests/support` in a process of its own, in a process group of its own. */
export interface ScriptProcess {
  readonly child: ChildProcess
  /** Resolves with the first line, past or future, that fits; rejects when the process ends before. */
  line(fits: (line: string) => boolean): Promise<string>
  /** Ends it as a crash would and waits until it is gone. */
  killHard(): Promise<void>
  /** What a terminal does on Ctrl-C: the signal goes to the whole group. */
  interrupt(): Promise<number | null>
}

export function startScript(name: string, args: readonly string[]): ScriptProcess {
  const child = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, 'raw-text.mjs'), join(import.meta.dirname, name), ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  )
  const lines: string[] = []
  let rest = ''
  let errors = ''
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
    tell()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      resolve(code)
      tell()
    })
  })
  return {
    child,
    line: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find(fits)
          if (found === undefined && child.exitCode === null && child.signalCode === null) return
          listeners.delete(look)
          if (found === undefined) reject(new Error(`${name} ended: ${errors}`))
          else resolve(found)
        }
        listeners.add(look)
        look()
      }),
    killHard: async () => {
      child.kill('SIGKILL')
      await ended
    },
    interrupt: async () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
      return ended
    },
  }
}
