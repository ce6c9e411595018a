export type { Context } from './context.ts'
export type { Log } from './log.ts'
export { router } from './router.ts'
export { createWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts'
