import { useMemo } from 'react'
import { create } from 'zustand'
import { type ReadPlan, readPlan } from '#renderer/plan-views/index.ts'
import { useServer } from '#renderer/state/index.ts'
import type { Run } from '#shared/session/index.ts'
import { useShown } from './query-state.ts'

interface Selected {
  readonly runId: string
  readonly nodeId: number
}

/** The plan node that the user chose to see in the inspector. */
export const usePlanSelection = create<{ readonly selected: Selected | undefined }>(() => ({
  selected: undefined,
}))

export function selectNode(runId: string, nodeId: number): void {
  usePlanSelection.setState({ selected: { runId, nodeId } })
}

/** Until the user chooses, the node with the largest part of its own: that is what people look for first. */
export function useSelectedNode(runId: string, read: ReadPlan): number {
  const worst = read.kind === 'plan' ? (read.plan.worst.byExclusiveMs[0] ?? 0) : 0
  return usePlanSelection(({ selected }) => (selected?.runId === runId ? selected.nodeId : worst))
}

export function useRunPlan(run: Run | undefined): ReadPlan {
  const json = run?.planJson
  return useMemo(() => readPlan(json), [json])
}

/** The run that is shown, once it is over. */
export function useFinishedRun(): Run | undefined {
  const shown = useShown()
  return shown.kind === 'finished' ? shown.run : undefined
}

const usualBlockBytes = 8_192

export function useBlockBytes(): number {
  return useServer()?.blockBytes ?? usualBlockBytes
}
