export { PlanPane } from './plan-pane.tsx'
