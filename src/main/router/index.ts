export type { Log } from './log.ts'
export { createWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts'
