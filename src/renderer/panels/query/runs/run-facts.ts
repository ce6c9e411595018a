import type { Run } from '#shared/session/index.ts'
import { formatCount, formatDuration } from '#shared/units/index.ts'

export interface RunFact {
  readonly label: string
  readonly value: string
  readonly origin?: string
}

export interface RunFactGroup {
  readonly title: string
  readonly facts: readonly RunFact[]
}

const started = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

/** What is kept of a run besides its plan and its samples, in groups; empty ones are left out. */
export function buildRunFacts(run: Run): readonly RunFactGroup[] {
  const groups = [
    { title: 'Run', facts: runFacts(run) },
    { title: 'Parameters', facts: parameterFacts(run) },
    { title: 'Locks held', facts: lockFacts(run) },
    { title: 'Watching', facts: watchFacts(run) },
    { title: 'Settings', facts: Object.entries(run.settings).map(([label, value]) => ({ label, value })) },
  ]
  return groups.filter((group) => group.facts.length > 0)
}

function runFacts({ target, timings, options, startedAtMs }: Run): readonly RunFact[] {
  const time = (label: string, ms: number | undefined, origin: string): readonly RunFact[] =>
    ms === undefined ? [] : [{ label, value: formatDuration(ms), origin: `${ms} ms · ${origin}` }]
  return [
    { label: 'server', value: `${target.name} · ${target.serverVersion}` },
    { label: 'database', value: `${target.database} as ${target.user}`, origin: target.host },
    { label: 'started', value: started.format(startedAtMs) },
    ...time('elapsed', timings.elapsedMs, 'sent → last row, on the workbench’s clock'),
    ...time('first row after', timings.firstRowMs, 'on the workbench’s clock'),
    ...time('planning', timings.planningMs, 'Planning Time'),
    ...time('execution', timings.executionMs, 'Execution Time'),
    {
      label: 'statement timeout',
      value: options.statementTimeoutMs === 0 ? 'none' : formatDuration(options.statementTimeoutMs),
    },
  ]
}

function parameterFacts({ parameters }: Run): readonly RunFact[] {
  return parameters.map(({ value, type }, index) => ({
    label: `$${index + 1}${type === undefined ? '' : ` ${type}`}`,
    value: value ?? 'NULL',
  }))
}

function lockFacts({ waits }: Run): readonly RunFact[] {
  return waits.heldLocks.map(({ lockType, mode, relation, count, fastPath }) => ({
    label: relation ?? lockType,
    value: count === 1 ? mode : `${mode} × ${formatCount(count)}`,
    origin: `${lockType}, ${fastPath ? 'fast path' : 'in the lock table'} · pg_locks`,
  }))
}

function watchFacts({ waits }: Run): readonly RunFact[] {
  return [
    { label: 'samples', value: `${formatCount(waits.ticks)} at ${formatCount(waits.requestedHz)} Hz` },
    { label: 'late ticks skipped', value: formatCount(waits.skippedTicks) },
    {
      label: 'server time for watching',
      value: formatDuration(waits.observerQueryMs),
      origin: 'answering the observer, on a second connection',
    },
  ]
}
