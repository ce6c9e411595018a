/** What failed, and what to try, in the words that an error brings; neither is ever a stack. */
export interface Problem {
  readonly message: string
  /** Empty where there is nothing to advise. */
  readonly advice: string
}

/** Errors of ours carry their advice themselves, those of the contract in their data. */
export function describeProblem(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error)
  if (typeof error !== 'object' || error === null) return { message, advice: '' }
  const { advice, data } = error as { readonly advice?: unknown; readonly data?: unknown }
  const found =
    advice ?? (typeof data === 'object' && data !== null && 'advice' in data ? data.advice : undefined)
  return { message, advice: typeof found === 'string' ? found : '' }
}
