export { CompareMenu } from './compare-menu.tsx'
export { nameDocument, usePinned } from './pinned.ts'
export { PlanCompare } from './plan-compare.tsx'
