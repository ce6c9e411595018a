import { create } from 'zustand'
import type { MeasureId } from '#shared/plan/index.ts'
import type { PlanDocument, PlanViewId } from './document.ts'

/** What the views of one plan have in common: one selection, one search, one measure, one set of folded nodes. */
export interface PlanViewState {
  readonly view: PlanViewId
  readonly selectedId: number
  readonly measure: MeasureId
  readonly search: string
  readonly collapsed: ReadonlySet<number>
}

/** What each view gets. */
export interface PlanViewProps {
  readonly document: PlanDocument
  readonly state: PlanViewState
  /** Nodes that the search found, in plan order; undefined where nothing is searched for. */
  readonly matchIds: readonly number[] | undefined
  readonly onChange: (change: Partial<PlanViewState>) => void
}

type States = Readonly<Record<string, Partial<PlanViewState> | undefined>>

const useStates = create<{ readonly states: States }>(() => ({ states: {} }))

const nothingFolded: ReadonlySet<number> = new Set()

/** Until the user chooses: the node with the largest part of its own, since that is what people look for first. */
function initialState({ plan }: PlanDocument): PlanViewState {
  return {
    view: 'tree',
    selectedId: plan.worst.byExclusiveMs[0] ?? 0,
    measure: plan.timed ? 'elapsed' : plan.analyzed ? 'rows' : 'cost',
    search: '',
    collapsed: nothingFolded,
  }
}

/** Changes what is chosen in a plan, from wherever: a finding, a link, the inspector. */
export function changePlanView(documentId: string, change: Partial<PlanViewState>): void {
  useStates.setState(({ states }) => ({
    states: { ...states, [documentId]: { ...states[documentId], ...change } },
  }))
}

export function usePlanView(document: PlanDocument): PlanViewState {
  const chosen = useStates(({ states }) => states[document.id])
  return { ...initialState(document), ...chosen }
}
