import { WorkbenchError } from '#shared/session/index.ts'
import type { ActiveRun } from './run/active-run.ts'

/** So many runs can be tailed after their end, and their rows be read as long as they fit. */
const usualLimits = { maxRuns: 12, maxBytes: 256 * 1_024 * 1_024 }

/** The latest runs in memory. Rows go before runs do: they are large, and nobody stores them. */
export function createShelf({ maxRuns, maxBytes } = usualLimits) {
  const runs = new Map<string, ActiveRun>()
  const withoutRows = new Set<string>()

  function get(runId: string): ActiveRun {
    const run = runs.get(runId)
    if (run !== undefined) return run
    throw new WorkbenchError('RUN_UNKNOWN', 'This run is no longer in memory.', {
      advice: 'Open it from the list of runs.',
    })
  }

  return {
    put(run: ActiveRun): void {
      runs.set(run.runId, run)
    },
    get,
    withRows(runId: string): ActiveRun {
      if (runs.has(runId) && !withoutRows.has(runId)) return get(runId)
      throw new WorkbenchError('RESULT_GONE', 'The rows of this run are no longer held.', {
        advice: 'Only the latest runs keep their rows; run the statement again.',
      })
    },
    /** Lets the oldest go, never the newest. */
    trim(): void {
      const all = [...runs.values()]
      for (const run of all.slice(0, Math.max(0, all.length - maxRuns))) {
        runs.delete(run.runId)
        withoutRows.delete(run.runId)
      }
      let bytes = 0
      for (const [age, run] of all.toReversed().entries()) {
        bytes += run.result.bytes
        if (age === 0 || bytes <= maxBytes || !run.isOver) continue
        run.result.clear()
        withoutRows.add(run.runId)
      }
    },
  }
}
