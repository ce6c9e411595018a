export { RunList } from './run-list.tsx'
