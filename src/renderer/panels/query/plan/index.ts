export { NodeInspector } from './node-inspector.tsx'
export { PlanPane } from './plan-pane.tsx'
export { PlanSource } from './plan-source.tsx'
export { type ReadPlan, readPlan } from './read-plan.ts'
