import { useMemo } from 'react'
import { create } from 'zustand'
import { setPreference, usePreferences } from '#renderer/state/index.ts'
import { type MeasureId, measuresOf, type Plan } from '#shared/plan/index.ts'
import { type PlanDocument, type PlanViewId, planViewIds } from './document.ts'

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

const viewKey = 'plan.view'
const measureKey = 'plan.measure'

/** Until the user chooses: the node with the largest part of its own, since that is what people look for first. */
function initialState(plan: Plan): PlanViewState {
  return {
    view: 'tree',
    selectedId: plan.worst.byExclusiveMs[0] ?? 0,
    measure: measuresOf(plan)[0]?.id ?? 'cost',
    search: '',
    collapsed: nothingFolded,
  }
}

/** Changes what is chosen in a plan, from wherever: a finding, a link, the inspector. */
export function changePlanView(documentId: string, change: Partial<PlanViewState>): void {
  useStates.setState(({ states }) => ({
    states: { ...states, [documentId]: { ...states[documentId], ...change } },
  }))
  // The next plan opens as this one is looked at.
  if (change.view !== undefined) setPreference(viewKey, change.view)
  if (change.measure !== undefined) setPreference(measureKey, change.measure)
}

export function usePlanView({ id, plan }: PlanDocument): PlanViewState {
  const chosen = useStates(({ states }) => states[id])
  const view = usePreferences(({ values }) => values?.[viewKey])
  const measure = usePreferences(({ values }) => values?.[measureKey])
  return useMemo(() => {
    const first = initialState(plan)
    const state = {
      ...first,
      view: planViewIds.find((known) => known === view) ?? first.view,
      ...chosen,
    }
    // A measure that this plan has no figures for gives way to its first one.
    const wanted = chosen?.measure ?? measure
    const measured = measuresOf(plan).find((known) => known.id === wanted)
    return {
      ...state,
      measure: measured?.id ?? first.measure,
      selectedId: plan.nodes[state.selectedId] === undefined ? first.selectedId : state.selectedId,
    }
  }, [plan, chosen, view, measure])
}
