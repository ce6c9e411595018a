let wanted: string | undefined

/** Hands a statement to the editor, which takes it as soon as it is there. */
export function requestStatement(statement: string): void {
  wanted = statement
}

/** The editor's side: what was asked for, once. */
export function takeStatementRequest(): string | undefined {
  const statement = wanted
  wanted = undefined
  return statement
}
