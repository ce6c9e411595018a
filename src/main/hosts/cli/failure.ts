import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts'

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

/** Whatever was thrown, as a failure. Errors of the contract bring their code, what failed, and what to try. */
export function toFailure(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error
  if (!(error instanceof Error)) return new CommandFailure(exitCodes.internal, String(error))
  const { code, data, advice } = error as Error & {
    readonly code?: unknown
    readonly data?: unknown
    readonly advice?: unknown
  }
  return new CommandFailure(
    typeof code === 'string' ? exitCodeOf(code) : exitCodes.internal,
    joinSentences([error.message, adviceIn(data) ?? advice]),
    { cause: error },
  )
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

function adviceIn(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'advice' in data ? data.advice : undefined
}

/** One line, whatever it was made of: scripts read standard error by lines. */
export function failureLine({ message }: CommandFailure): string {
  return `barograph: ${message.replace(/\s+/g, ' ').trim()}\n`
}
