import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { outFolder } from '../../scripts/lib/folders.mjs'
import { withoutPgVariables } from './environment.ts'

export interface CommandResult {
  /** `null` if a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningCommand {
  readonly process: ChildProcess
  readonly result: Promise<CommandResult>
}

export interface CommandOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly input?: string
  /** A file that may not grow is told as a full disk, instead of ending it (`prlimit --fsize`). */
  readonly survivesFileLimit?: boolean
}

/** Starts the built command line, as scripts do: no terminal, nothing of the tester's own settings. */
export function startCommand(args: readonly string[], options: CommandOptions = {}): RunningCommand {
  const command = [process.execPath, join(outFolder, 'main', 'cli.js'), ...args]
  const limitable = ['sh', '-c', `trap '' XFSZ; exec "$@"`, 'sh', ...command]
  const [file = '', ...rest] = options.survivesFileLimit === true ? limitable : command
  const child = spawn(file, rest, {
    env: { ...withoutPgVariables(), ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(options.input ?? '')
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const result = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }))
  return { process: child, result }
}

export function runCommand(args: readonly string[], options?: CommandOptions): Promise<CommandResult> {
  return startCommand(args, options).result
}
