export { host } from './host.ts'
export { type ListedProcess, listProcesses } from './process-list.ts'
