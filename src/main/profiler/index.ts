export { createProfiler, type Profiler, type ProfilerHost } from './profiler.ts'
export type { StartInput } from './start-check.ts'
export { checkStatements } from './statements/check.ts'
export { formatStatement } from './statements/format.ts'
