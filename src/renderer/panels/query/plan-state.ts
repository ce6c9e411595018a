import { useMemo } from 'react'
import { type ReadPlan, recallPlan } from '#renderer/plan-views/index.ts'
import { useServer } from '#renderer/state/index.ts'
import type { Run } from '#shared/session/index.ts'

/** A run's plan, read and judged once, however many parts of the panel ask for it. */
export function useRunPlan(run: Run | undefined): ReadPlan {
  const blockBytes = useServer()?.blockBytes
  return useMemo(
    () =>
      run === undefined
        ? { kind: 'none' }
        : recallPlan({ id: run.runId, planJson: run.planJson, statement: run.statement, blockBytes }),
    [run, blockBytes],
  )
}
