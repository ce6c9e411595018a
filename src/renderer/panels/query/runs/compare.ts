import type { RunSummary } from '#shared/session/index.ts'

/**
 * How many times longer a run took than the opened one.
 * @returns undefined for the opened run itself, and where either did not end or took no measurable time
 */
export function elapsedAgainst(run: RunSummary, opened: RunSummary | undefined): number | undefined {
  if (opened === undefined || opened.runId === run.runId) return undefined
  if (opened.state !== 'done' || run.state !== 'done' || opened.timings.elapsedMs <= 0) return undefined
  return run.timings.elapsedMs / opened.timings.elapsedMs
}

/** Only those whose statement or note holds the filter's text. */
export function filterRuns(runs: readonly RunSummary[], filter: string): readonly RunSummary[] {
  const wanted = filter.trim().toLowerCase()
  return runs.filter((run) => wanted === '' || `${run.statement}\n${run.note}`.toLowerCase().includes(wanted))
}
