export { derivePlan } from './derive.ts'
export { quoteIdentifier } from './identifiers.ts'
export {
  dumpPlanJson,
  type PlanError,
  type PlanErrorCode,
  type PlanReading,
  parsePlanJson,
} from './parse-json.ts'
export type * from './plan-types.ts'
export {
  listRawNodes,
  type RawPlan,
  type RawPlanNode,
  type RawRecord,
  type RawValue,
} from './raw.ts'
export { countBlocks } from './summary.ts'
export { formatPlanLines, formatPlanText, type PlanTextLine } from './text/format-text.ts'
