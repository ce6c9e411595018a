import { client } from '#renderer/client/index.ts'
import { comparePlan, recallPlan } from '#renderer/plan-views/index.ts'
import { notify } from '#renderer/state/index.ts'
import type { Run, RunSummary } from '#shared/session/index.ts'

interface ToCompare {
  readonly sessionId: string
  /** The run that is held against the shown one. */
  readonly runId: string
  readonly shown: Run
  /** The server's block size, as the shown plan is read. */
  readonly blockBytes: number | undefined
}

/** Runs that are kept with a plan: those that asked for one and came to their end. */
export function hasPlan(run: Pick<RunSummary, 'mode' | 'state'>): boolean {
  return run.mode !== 'run' && run.state === 'done'
}

/**
 * Holds another run's plan against that of the shown run, the earlier one being the one before.
 * @returns false where the other's plan is none that can be read; the user has been told
 */
export async function compareWithShown({ sessionId, runId, shown, blockBytes }: ToCompare): Promise<boolean> {
  const other = await client.session.run({ sessionId, runId })
  const { planJson, statement, ordinal } = other
  const read = recallPlan({ id: runId, planJson, statement, blockBytes })
  if (read.kind !== 'plan') {
    notify({
      tone: 'bad',
      title: `Run ${ordinal} has no plan to compare with`,
      text: read.kind === 'broken' ? read.message : 'It ended before the server had made one.',
    })
    return false
  }
  comparePlan({
    shownId: shown.runId,
    other: { document: read.document, label: nameRun(other) },
    swapped: ordinal > shown.ordinal,
  })
  return true
}

/** What a run is called beside its plan. */
export function nameRun({ ordinal }: Pick<RunSummary, 'ordinal'>): string {
  return `run ${ordinal}`
}
