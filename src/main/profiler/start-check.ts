import {
  type RunOptions,
  type RunParameter,
  type RunSetting,
  refuseRunSettings,
  runSettingNames,
  type ServerFacts,
  WorkbenchError,
} from '#shared/session/index.ts'
import type { StatementNature } from '#shared/statements/index.ts'
import { describeStatement, splitStatements } from '#shared/statements/index.ts'

export interface StartInput {
  readonly statement: string
  readonly parameters: readonly RunParameter[]
  readonly options: RunOptions
  readonly note?: string
}

/**
 * Everything that can be said against a run before anything is sent: throws `STATEMENT_EMPTY`, `STATEMENT_REFUSED`,
 * `NEEDS_AUTOCOMMIT`, `NOT_SUPPORTED` or `INPUT_INVALID`. Broken syntax is no reason: the server is to judge that.
 *
 * @returns the one statement without its semicolon, and its nature
 */
export function checkStart(
  input: StartInput,
  server: ServerFacts,
): { statement: string; nature: StatementNature } {
  refuseText(input.statement, 'The statement')
  input.parameters.forEach(({ value }, index) => {
    if (value !== null) refuseText(value, `Parameter $${index + 1}`)
  })
  const spans = splitStatements(input.statement)
  const [span] = spans
  if (span === undefined) {
    throw new WorkbenchError('STATEMENT_EMPTY', 'There is no statement to run.', {
      advice: 'Type one first.',
    })
  }
  if (spans.length > 1) {
    throw new WorkbenchError(
      'STATEMENT_REFUSED',
      `A run takes one statement, and these are ${spans.length}.`,
      {
        advice: 'Take one of them, or run them one after the other.',
      },
    )
  }
  const statement = input.statement.slice(span.start, span.end)
  const nature = describeStatement(statement)
  checkNature(nature, input.options, server)
  checkParameters(nature, input)
  checkSettings(input.options.settings ?? [])
  return { statement, nature }
}

const preparable: ReadonlySet<string> = new Set([
  'SELECT',
  'VALUES',
  'TABLE',
  'INSERT',
  'UPDATE',
  'DELETE',
  'MERGE',
])

function checkNature(nature: StatementNature, { mode, onEnd }: RunOptions, server: ServerFacts): void {
  const { kind } = nature
  if (nature.refusal !== undefined) {
    throw new WorkbenchError('STATEMENT_REFUSED', nature.refusal, { data: { kind } })
  }
  if (mode === 'generic' && server.versionNum < 160_000) {
    throw new WorkbenchError(
      'NOT_SUPPORTED',
      `Generic plans need PostgreSQL 16; this is ${server.version}.`,
      {
        advice: 'Explain it with values for its parameters.',
      },
    )
  }
  if (mode === 'generic' && !preparable.has(kind)) {
    throw new WorkbenchError('STATEMENT_REFUSED', `There is no generic plan for ${kind}.`, {
      advice: 'Generic plans are made for SELECT, VALUES, INSERT, UPDATE, DELETE and MERGE.',
      data: { kind },
    })
  }
  if (mode !== 'run') {
    if (nature.explainable) return
    throw new WorkbenchError(
      'STATEMENT_REFUSED',
      `PostgreSQL has no plan for ${kind}, so EXPLAIN refuses it.`,
      {
        advice: 'Run it instead: its time and waits are measured all the same.',
        data: { kind },
      },
    )
  }
  if (nature.outsideTransaction !== undefined && onEnd !== 'autocommit') {
    const reason = nature.outsideTransaction
    throw new WorkbenchError('NEEDS_AUTOCOMMIT', `${kind} can’t run inside a transaction. ${reason}`, {
      advice: 'Choose autocommit to run it; it can’t be rolled back then.',
      data: { kind, reason },
    })
  }
}

function checkParameters(nature: StatementNature, { parameters, options }: StartInput): void {
  const needed = nature.parameters
  if (options.mode === 'generic' || parameters.length === needed) return
  const has =
    needed === 0
      ? 'no parameters'
      : needed === 1
        ? 'one parameter ($1)'
        : `${needed} parameters ($1 to $${needed})`
  const given = parameters.length === 1 ? '1 value is' : `${parameters.length} values are`
  throw new WorkbenchError('INPUT_INVALID', `The statement has ${has}, and ${given} given.`, {
    advice:
      needed > parameters.length
        ? 'Fill in the missing values.'
        : 'Leave out the values that it doesn’t use.',
    data: { needed, given: parameters.length },
  })
}

function checkSettings(settings: readonly RunSetting[]): void {
  const refusal = refuseRunSettings(settings)
  if (refusal !== undefined) {
    throw new WorkbenchError('INPUT_INVALID', refusal, {
      advice: `A run takes settings that change its plan (${runSettingNames.slice(0, 2).join(', ')}, enable_seqscan …), each once. Others can be set by a SET statement before it.`,
    })
  }
  for (const { name, value } of settings) refuseText(value, `The setting ${name}`)
}

function refuseText(text: string, what: string): void {
  const nullByte = text.indexOf('\0')
  if (nullByte !== -1) {
    throw new WorkbenchError(
      'INPUT_INVALID',
      `${what} holds a null byte at character ${nullByte + 1}, and PostgreSQL text can’t hold one.`,
      { advice: 'Remove it; for binary data use bytea with hexadecimal digits.' },
    )
  }
  if (!text.isWellFormed()) {
    throw new WorkbenchError('INPUT_INVALID', `${what} holds half a character (a lone surrogate).`, {
      advice: 'Remove it: it can’t be written in UTF-8.',
    })
  }
}
