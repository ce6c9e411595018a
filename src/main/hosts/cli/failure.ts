import { describeProblem } from '#main/hosts/common/index.ts'
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts'
import { withoutControls } from './terminal.ts'

/** A failure of a command: one line for people, and what the process ends with. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.exitCode = exitCode
  }
}

export function usageFailure(message: string): CommandFailure {
  return new CommandFailure(exitCodes.usage, message)
}

/** Whatever was thrown, as a failure: what failed, what to try, and the exit code that belongs to its code. */
export function toFailure(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error
  const { message, advice } = describeProblem(error)
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  return new CommandFailure(exitCodeOf(code), joinSentences([message, advice]), { cause: error })
}

/** The server's messages end without a full stop, ours with one. Whatever is no text is left out. */
export function joinSentences(parts: readonly unknown[]): string {
  return parts
    .filter((part) => typeof part === 'string')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (/[.!?…:;]$/.test(part) ? part : `${part}.`))
    .join(' ')
}

/** One line, whatever it was made of: scripts read standard error by lines. */
export function failureLine({ message }: Pick<CommandFailure, 'message'>): string {
  return `barograph: ${withoutControls(message).replace(/\s+/g, ' ').trim()}\n`
}
