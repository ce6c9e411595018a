import { create } from 'zustand'

/** A statement that another panel wants in the editor; `undefined` once the editor has taken it. */
export const useStatementRequest = create<{ readonly statement: string | undefined }>(() => ({
  statement: undefined,
}))

/** Hands a statement to the editor, which opens it when it is there. */
export function requestStatement(statement: string): void {
  useStatementRequest.setState({ statement })
}

/** The editor's side: what was asked for, once. */
export function takeStatementRequest(): string | undefined {
  const { statement } = useStatementRequest.getState()
  if (statement !== undefined) useStatementRequest.setState({ statement: undefined })
  return statement
}
