export { CompareMenu } from './compare-menu.tsx'
export { type ComparedPlan, nameDocument, pinPlan, usePinned } from './pinned.ts'
export { PlanCompare } from './plan-compare.tsx'
