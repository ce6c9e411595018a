export type { Collecting, CollectingOptions } from './collecting.ts'
export type { Answer, ByVersion, Collector, Look, Question, Source } from './collector.ts'
export { type ListedProcess, listProcesses } from './host/index.ts'
export { startCollecting } from './start-collecting.ts'
