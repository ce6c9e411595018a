import {
  type Run,
  type RunSummary,
  redactParameters,
  redactPlanSecrets,
  redactSecrets,
} from '#shared/session/index.ts'

/** The run without its samples, which travel apart, and without passwords that were typed into a statement or given to it. */
export function withoutSecrets(run: Run): Run {
  const { error, planJson } = run
  return {
    ...run,
    statement: redactSecrets(run.statement),
    parameters: redactParameters(run.statement, run.parameters),
    note: redactSecrets(run.note),
    notes: run.notes.map(redactSecrets),
    settings: Object.fromEntries(
      Object.entries(run.settings).map(([name, value]) => [name, redactSecrets(value)]),
    ),
    ...(planJson === undefined ? {} : { planJson: redactPlanSecrets(planJson) }),
    waits: { ...run.waits, samples: [] },
    ...(error === undefined
      ? {}
      : {
          error: {
            ...error,
            message: redactSecrets(error.message),
            ...(error.detail === undefined ? {} : { detail: redactSecrets(error.detail) }),
            ...(error.hint === undefined ? {} : { hint: redactSecrets(error.hint) }),
          },
        }),
  }
}

/** What the list of runs shows of a run. */
export function summaryOf(run: Run): RunSummary {
  const { parameters: _p, options: _o, planJson: _j, waits: _w, settings: _s, notes: _n, ...summary } = run
  return summary
}
