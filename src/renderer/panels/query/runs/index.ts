export { RunInspector } from './run-inspector.tsx'
export { RunList } from './run-list.tsx'
