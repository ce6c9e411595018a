export { createProfiler, type Profiler } from './profiler.ts'
export { checkStatements } from './statements/check.ts'
export { formatStatement } from './statements/format.ts'
