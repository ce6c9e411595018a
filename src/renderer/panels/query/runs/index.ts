export { RunTable } from './run-table.tsx'
