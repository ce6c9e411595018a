import type { Run, RunMode, RunOutcome } from '#shared/session/index.ts'

const outcomes: Readonly<Record<RunOutcome, string>> = {
  'rolled-back': 'rolled back',
  committed: 'committed',
  autocommitted: 'ran outside a transaction',
  'nothing-to-keep': 'wrote nothing',
  unknown: 'unknown whether its writes were kept',
}

/** What became of the run's transaction, in words. */
export function describeOutcome(outcome: RunOutcome): string {
  return outcomes[outcome]
}

const modes: Readonly<Record<RunMode, string>> = {
  run: 'Run',
  analyse: 'Analyse',
  explain: 'Plan only',
  generic: 'Generic plan',
}

export function describeMode(mode: RunMode): string {
  return modes[mode]
}

/** What to do after a failure, where the server's own hint does not say. `undefined` = nothing to add. */
export function adviseOnFailure(run: Pick<Run, 'error' | 'options' | 'parameters'>): string | undefined {
  const code = run.error?.code
  if (code === undefined) return undefined
  if (code === 'CONNECTION_LOST' || code.startsWith('08') || code === '57P01' || code === '57P02')
    return 'The workbench connects again by itself: run the statement again when the lamp at the top left is green. What it wrote was rolled back unless it had been committed.'
  if (code === '25P02') return 'An earlier error ended the transaction: run the statement again.'
  if (code === '42501') return 'The role lacks the privilege: ask for it, or connect as a role that has it.'
  if (code === '42P18' || code === '42P02')
    return 'Give the parameter a type where the server can see it: $1::integer.'
  // Invalid text, datetime or overflow: what an empty field gives to anything but a text.
  const empty = run.parameters.findIndex(({ value }) => value === '')
  if (empty >= 0 && ['22P02', '22007', '22008'].includes(code))
    return `$${empty + 1} is empty: write its value in its field below the statement, or press NULL beside it.`
  if (code === '53100') return 'The server has no disk space left for temporary files or tables.'
  if (code === '40P01') return 'Two transactions waited for each other and this one gave way: run it again.'
  if (code === '55P03') return 'Another session holds a lock on it: try again later or end that session.'
  return undefined
}
