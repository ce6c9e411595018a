import type { BackendSample } from '#shared/activity/index.ts'
import type { StartKeeping } from './keeper.ts'
import { createNumbering } from './numbering.ts'
import { createStatementNumbers } from './statements.ts'

/** One row a tick, whoever was at work, and one row a process: numbers and ages, which compress to a few bytes. */
export const keepActivity: StartKeeping<'activity'> = ({ outgoing, next, backends }) => {
  const statements = createStatementNumbers(outgoing, next)
  const doings = createNumbering(next.doings)
  const doingRows = outgoing.rows('doings', {
    doing_no: 'number',
    backend_type: 'text',
    state: 'text',
    wait_class: 'text',
    wait_event: 'text',
  })
  const ticks = outgoing.rows('activity_ticks', { sampled_at: 'number', period_ms: 'number' })
  const samples = outgoing.rows('activity_samples', {
    sampled_at: 'number',
    period_ms: 'number',
    backend_no: 'number',
    origin_no: 'number',
    doing_no: 'number',
    statement_no: 'number',
    statement_age_ms: 'number',
    transaction_lead_ms: 'number',
    state_lag_ms: 'number',
    xmin_age: 'number',
  })

  function numberDoing({ backendType, state, waitClass, waitEvent }: BackendSample): number {
    const key = `${backendType}\n${state}\n${waitClass}\n${waitEvent ?? ''}`
    return doings.of(key, (number) => doingRows.add(number, backendType, state, waitClass, waitEvent))
  }

  return ({ tick }) => {
    const atMs = Math.floor(tick.atMs)
    const periodMs = Math.round(tick.periodMs)
    ticks.add(atMs, periodMs)
    for (const sample of tick.backends) {
      const backend = backends.of(sample, atMs)
      const statementAtMs = sample.statementStartedAtMs ?? atMs
      samples.add(
        atMs,
        periodMs,
        backend.backendNo,
        backend.originNo,
        numberDoing(sample),
        statements.of(sample, backend, atMs),
        difference(atMs, sample.statementStartedAtMs),
        difference(statementAtMs, sample.transactionStartedAtMs),
        difference(sample.stateChangedAtMs, statementAtMs),
        sample.xminAge,
      )
    }
    backends.forget(atMs)
  }
}

function difference(later: number | undefined, earlier: number | undefined): number | undefined {
  return later === undefined || earlier === undefined ? undefined : Math.round(later - earlier)
}
