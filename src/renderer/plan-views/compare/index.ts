export { CompareMenu } from './compare-menu.tsx'
export { comparePlan, endComparing, useComparing } from './comparing.ts'
export { type ComparedPlan, pinPlan, unpinPlan, usePinned } from './pinned.ts'
export { PlanComparing } from './plan-comparing.tsx'
