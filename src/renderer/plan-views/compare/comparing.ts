import { create } from 'zustand'
import type { ComparedPlan } from './pinned.ts'

/** Two plans held against each other, in the place of the one that is shown. */
export interface Comparing {
  /** The document that is shown; another one ends the comparison. */
  readonly shownId: string
  readonly other: ComparedPlan
  /** The shown plan is the one before. */
  readonly swapped: boolean
}

export const useComparing = create<{ readonly comparing: Comparing | undefined }>(() => ({
  comparing: undefined,
}))

/** Holds a plan against the one that is shown, from wherever: the toolbar, a list. */
export function comparePlan(comparing: Comparing): void {
  useComparing.setState({ comparing })
}

export function endComparing(): void {
  if (useComparing.getState().comparing !== undefined) useComparing.setState({ comparing: undefined })
}
