import type { BackendSample } from '#shared/activity/index.ts'
import { redactSecrets } from '#shared/session/index.ts'
import type { Outgoing } from '../outgoing.ts'
import type { NextNumbers } from '../tables.ts'
import { createAllowance } from './allowance.ts'
import type { KnownBackend } from './backends.ts'
import { createNumbering } from './numbering.ts'

/**
 * Texts with their values in them are new with nearly every sample of a busy server. So many characters a second are
 * kept of them on average: at most 43 million a day.
 */
const textsPerSecond = 500
const textsAtOnce = 1_000_000
/** An execution as long as this has its text kept, whatever was kept of its statement before. */
const longMs = 1_000
/** Of shorter ones, an example of each statement so often. */
const exampleEveryMs = 60_000
/** What is remembered of statements is texts, which may be long. */
const mostStatements = 5_000
/** A server's moments are told by the workbench's clock, which is compared with the server's now and then. */
const clockToleranceMs = 20

/** Numbers statements: those with a query id by it, others by their text. Keeps examples of the former with their values. */
export function createStatementNumbers(outgoing: Outgoing, next: NextNumbers) {
  const statementRows = outgoing.rows('statements', {
    statement_no: 'number',
    query_id: 'text',
    text: 'text',
  })
  const exampleRows = outgoing.rows('statement_examples', {
    sampled_at: 'number',
    statement_no: 'number',
    backend_no: 'number',
    text: 'text',
  })
  const numbers = createNumbering(next.statements, mostStatements)
  const allowance = createAllowance(textsPerSecond, textsAtOnce)
  const lastExamples = new Map<number, { readonly text: string; readonly atMs: number }>()

  function keepExample(text: string, statementNo: number, backendNo: number, atMs: number): boolean {
    if (!allowance.takes(text.length, atMs)) return false
    if (lastExamples.size >= mostStatements) lastExamples.clear()
    lastExamples.set(statementNo, { text, atMs })
    exampleRows.add(atMs, statementNo, backendNo, redactSecrets(text))
    return true
  }

  function considerExample(
    sample: BackendSample,
    text: string,
    statementNo: number,
    backend: KnownBackend,
    atMs: number,
  ): void {
    const startedAtMs = sample.statementStartedAtMs
    const { execution } = backend
    const isNew =
      execution?.statementNo !== statementNo ||
      Math.abs((execution.startedAtMs ?? 0) - (startedAtMs ?? 0)) > clockToleranceMs
    if (!isNew && execution.isKept) return
    const last = lastExamples.get(statementNo)
    // Parameters are not in the text: then one example says it all.
    const isKnown = last?.text === text
    const isDue =
      last === undefined ||
      atMs - last.atMs >= exampleEveryMs ||
      (startedAtMs !== undefined && atMs - startedAtMs >= longMs)
    const isKept = isKnown || (isDue && keepExample(text, statementNo, backend.backendNo, atMs))
    backend.execution = { statementNo, startedAtMs, isKept }
  }

  return {
    /** `undefined` where it is not known what the process did. */
    of(sample: BackendSample, backend: KnownBackend, atMs: number): number | undefined {
      const { queryId, statement } = sample
      if (queryId === undefined) {
        if (statement === undefined) return undefined
        const key = `text ${statement}`
        if (!numbers.has(key) && !allowance.takes(statement.length, atMs)) return undefined
        return numbers.of(key, (number) => statementRows.add(number, undefined, redactSecrets(statement)))
      }
      const statementNo = numbers.of(`id ${queryId}`, (number) =>
        statementRows.add(number, queryId, undefined),
      )
      if (statement !== undefined) considerExample(sample, statement, statementNo, backend, atMs)
      return statementNo
    },
  }
}
