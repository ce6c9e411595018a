export type { Collecting, CollectingOptions } from './collecting.ts'
export type { Answer, Collector, Look, Source } from './collector.ts'
export { type ListedProcess, listProcesses } from './host/index.ts'
export { startCollecting } from './start-collecting.ts'
