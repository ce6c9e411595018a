import { create } from 'zustand'
import type { PlanDocument } from '../document.ts'

/** A plan as the session's lists call it. */
export interface ComparedPlan {
  /** With its names: what is redacted is redacted when it is shown. */
  readonly document: PlanDocument
  /** “run 3”, “plan 5”; nothing of the plan itself. */
  readonly label: string | undefined
}

/**
 * The plan that others are compared with: pinned in one panel, it can be held against a plan of any other, so that a
 * run is compared with what was pasted from production.
 */
export const usePinned = create<{ readonly pinned: ComparedPlan | undefined }>(() => ({ pinned: undefined }))

export function pinPlan(pinned: ComparedPlan): void {
  usePinned.setState({ pinned })
}

export function unpinPlan(): void {
  usePinned.setState({ pinned: undefined })
}
