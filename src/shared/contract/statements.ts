import { type } from '@orpc/contract'
import { z } from 'zod'
import { base } from './base.ts'
import { statementText } from './schemas.ts'

/** One statement within the editor's text, by UTF-16 offsets, without its semicolon. */
export interface StatementSpan {
  readonly start: number
  readonly end: number
}

export interface SyntaxProblem {
  readonly message: string
  /** UTF-16 offsets into the text that was checked. */
  readonly start: number
  readonly end: number
}

/** What running a statement means. */
export interface StatementFacts {
  /** `SELECT`, `INSERT`, `VACUUM` … */
  readonly kind: string
  readonly writes: boolean
  /** Why it can't run inside a transaction; absent if it can. */
  readonly outsideTransaction?: string
  /** Why the workbench does not run it (COMMIT, COPY FROM STDIN …); absent if it does. */
  readonly refusal?: string
  /** EXPLAIN accepts it. */
  readonly explainable: boolean
  /** Highest `$n`. */
  readonly parameters: number
}

export interface StatementCheck {
  readonly spans: readonly StatementSpan[]
  readonly problems: readonly SyntaxProblem[]
  /** One entry a span; absent where its syntax is broken. */
  readonly facts: readonly (StatementFacts | null)[]
  /** The text was too long to parse while typing. */
  readonly skipped?: string
}

export const statements = {
  /** Splits and parses with the server's own grammar. */
  check: base.input(z.strictObject({ text: statementText })).output(type<StatementCheck>()),
  /** The text laid out anew. `STATEMENT_INVALID` where that can’t be, `TOO_LARGE` beyond 512 KiB. */
  format: base.input(z.strictObject({ text: statementText })).output(type<{ readonly text: string }>()),
  /** Types of `$1…` as the connected server derives them, in order. */
  parameterTypes: base
    .input(z.strictObject({ statement: statementText }))
    .output(type<{ readonly types: readonly string[] }>()),
}
