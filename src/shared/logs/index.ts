export type * from './log-entry.ts'
export type * from './log-reader.ts'
export { createLogReader } from './log-reader.ts'
export { detectLogFormat } from './read/detect-format.ts'
