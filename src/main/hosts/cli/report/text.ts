import { formatPlanText, parsePlanJson } from '#shared/plan/index.ts'
import type { Run, TargetStamp } from '#shared/session/index.ts'
import { formatCount, formatDuration, formatPercent, type Milliseconds } from '#shared/units/index.ts'
import { buildStrip, summariseWaits } from '#shared/waits/index.ts'
import { formatTable } from './table.ts'

/** What `profile` prints for people: where, how long, what it waited for, and the plan of the median run. */
export function formatProfile(statement: string, runs: readonly Run[]): string {
  const shown = medianRun(runs)
  if (shown === undefined) return ''
  const sections = [
    `${formatTarget(shown.target)}\n${statement.trim()}`,
    formatOwnSettings(shown),
    formatRuns(runs),
    formatWaits(shown),
    formatNotes(runs),
    formatPlan(shown),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function formatTarget({ name, host, port, database, user, serverVersion }: TargetStamp): string {
  const place = port === undefined ? host : `${host}:${port}`
  return `${name} · PostgreSQL ${serverVersion} · ${user}@${place}/${database}`
}

/** As the server has them, which is not always as they were typed; of a run that failed it may have taken none. */
function formatOwnSettings({ options, settings, state }: Run): string {
  return (options.settings ?? [])
    .map(
      ({ name, value }) =>
        `Set for this run: ${name} = ${(state === 'failed' ? undefined : settings[name]) ?? value}`,
    )
    .join('\n')
}

function formatRuns(runs: readonly Run[]): string {
  const lines = runs.map((run, index) => [
    `run ${index + 1}`,
    formatDuration(run.timings.elapsedMs),
    optional(run.timings.planningMs),
    optional(run.timings.executionMs),
    formatCount(run.rows),
    run.state === 'done' ? run.outcome : run.state,
  ])
  const done = runs.filter(({ state }) => state === 'done')
  const spread = (name: string, pick: (sorted: readonly Milliseconds[]) => Milliseconds | undefined) => [
    name,
    ...(['elapsedMs', 'planningMs', 'executionMs'] as const).map((key) => {
      const values = done.flatMap(({ timings }) => timings[key] ?? []).toSorted((a, b) => a - b)
      return optional(pick(values))
    }),
    '',
    '',
  ]
  const spreads =
    done.length < 2
      ? []
      : [
          spread('min', (sorted) => sorted[0]),
          spread('median', median),
          spread('max', (sorted) => sorted.at(-1)),
        ]
  return formatTable(
    ['', 'elapsed', 'planning', 'execution', 'rows', 'outcome'],
    [...lines, ...spreads],
    ['left', 'right', 'right', 'right', 'right', 'left'],
  )
}

function formatWaits({ waits, timings }: Run): string {
  const { tooShort } = buildStrip(waits, timings.elapsedMs)
  if (tooShort !== undefined) return `Waits: ${tooShort}`
  return formatTable(
    ['waits', 'event', 'samples', 'share'],
    summariseWaits(waits.samples).map(({ waitClass, waitEvent, samples, share }) => [
      waitClass,
      waitEvent ?? '',
      formatCount(samples),
      formatPercent(share),
    ]),
    ['left', 'left', 'right', 'right'],
  )
}

function formatNotes(runs: readonly Run[]): string {
  const notes = new Set(runs.flatMap((run) => [...run.notes, ...run.waits.notes]))
  return [...notes].map((note) => `Note: ${note}`).join('\n')
}

function formatPlan({ planJson }: Run): string {
  if (planJson === undefined) return ''
  const reading = parsePlanJson(planJson)
  // A plan that we can't read is still the server's answer.
  return reading.ok ? reading.plans.map(formatPlanText).join('\n\n') : planJson
}

/** The run whose elapsed time is the (lower) median of those that ended well; else the last one. */
export function medianRun(runs: readonly Run[]): Run | undefined {
  const done = runs
    .filter(({ state }) => state === 'done')
    .toSorted((one, other) => one.timings.elapsedMs - other.timings.elapsedMs)
  return done[Math.floor((done.length - 1) / 2)] ?? runs.at(-1)
}

function median(sorted: readonly Milliseconds[]): Milliseconds | undefined {
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2
}

function optional(ms: Milliseconds | undefined): string {
  return ms === undefined ? '' : formatDuration(ms)
}
