import { create } from 'zustand'
import type { PlanDocument } from '../document.ts'
import { namePlan } from '../name-plan.ts'

/** A plan and what it is called. */
export interface ComparedPlan {
  readonly document: PlanDocument
  readonly name: string
}

/**
 * The plan that others are compared with: pinned in one panel, it can be held against a plan of any other, so that a
 * run is compared with what was pasted from production.
 */
export const usePinned = create<{ readonly pinned: ComparedPlan | undefined }>(() => ({ pinned: undefined }))

export function pinPlan(document: PlanDocument): void {
  usePinned.setState({ pinned: nameDocument(document) })
}

export function unpinPlan(): void {
  usePinned.setState({ pinned: undefined })
}

export function nameDocument(document: PlanDocument): ComparedPlan {
  return { document, name: namePlan(document.raw, document.statement) }
}
