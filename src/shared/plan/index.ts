export { derivePlan } from './derive/derive-plan.ts'
export { countBlocks } from './derive/summary.ts'
export { quoteIdentifier } from './identifiers.ts'
export type * from './plan-types.ts'
export { listRawNodes, type RawPlan, type RawPlanNode, type RawRecord, type RawValue } from './raw.ts'
export {
  dumpPlanJson,
  type PlanError,
  type PlanErrorCode,
  type PlanReading,
  parsePlanJson,
} from './read/parse-json.ts'
export { dumpBuffers, dumpRows, dumpTimes, dumpWork } from './write/dump-figures.ts'
export { formatPlanLines, formatPlanText, type PlanTextLine } from './write/format-text.ts'
