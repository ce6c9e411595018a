export { readSmallFile } from './files.ts'
export { host } from './host.ts'
export { type ListedProcess, listProcesses } from './process-list.ts'
export { sightServer } from './sight-server.ts'
