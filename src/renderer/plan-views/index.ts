export { type ComparedPlan, CompareMenu, nameDocument, PlanCompare, usePinned } from './compare/index.ts'
export {
  buildDocument,
  type DocumentSource,
  type PlanDocument,
  type PlanViewId,
  planViewIds,
} from './document.ts'
export type { PlanFact } from './head/plan-facts.ts'
export { PlanInspector } from './inspector/node-inspector.tsx'
export { namePlan } from './name-plan.ts'
export { PlanViews, type PlanViewsProps } from './plan-views.tsx'
export { BrokenPlan } from './raw/broken-plan.tsx'
export { type PlanSourceText, type ReadPlan, readPlan, recallPlan } from './read-plan.ts'
export { changePlanView, type PlanViewProps, type PlanViewState, usePlanView } from './view-state.ts'
