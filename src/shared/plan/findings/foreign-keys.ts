import type { PlanTrigger } from '../plan-types.ts'
import { type RawPlan, readRecords, readText } from '../raw.ts'
import type { RuleContext } from './finding.ts'

/**
 * Which side of a foreign key a trigger stands on: `referenced` acts when a row that others refer to is deleted or
 * changed, `referencing` checks a row that refers to others.
 */
export type KeySide = 'referenced' | 'referencing'

/** Starting the query of a foreign key costs once, however many rows follow. */
const startMs = 0.5

/**
 * A look-up by index takes some hundredths of a millisecond a row; a table of thousands of rows takes longer to read.
 */
const indexedMsPerCall = 0.15

/** A constraint trigger of one's own: the server tells its name as the constraint's. */
const isOwn = (raw: RawPlan, { name, constraint }: PlanTrigger): boolean =>
  name === constraint &&
  readRecords(raw, 'Triggers').some((record) => readText(record, 'Trigger Name') === name)

/** The side of a foreign key's trigger; undefined for triggers that serve no foreign key. */
export function keySide({ plan, raw }: RuleContext, trigger: PlanTrigger): KeySide | undefined {
  if (trigger.name.startsWith('RI_ConstraintTrigger_a')) return 'referenced'
  if (trigger.name.startsWith('RI_ConstraintTrigger_c')) return 'referencing'
  if (trigger.constraint === undefined || isOwn(raw, trigger)) return undefined
  // The text form tells the constraint alone; what was done tells the side.
  const operations = plan.nodes.map(({ operation }) => operation).filter((one) => one !== undefined)
  if (operations.length > 0 && operations.every((one) => one === 'Delete')) return 'referenced'
  if (operations.length > 0 && operations.every((one) => one === 'Insert')) return 'referencing'
  return isSlowPerCall(trigger) ? 'referenced' : 'referencing'
}

const isSlowPerCall = ({ timeMs = 0, calls }: PlanTrigger): boolean =>
  timeMs - startMs >= indexedMsPerCall * Math.max(1, calls)

/** True if a foreign key's action takes so long for each row that it must have read the whole referencing table. */
export const lacksIndex = (context: RuleContext, trigger: PlanTrigger): boolean =>
  keySide(context, trigger) === 'referenced' && isSlowPerCall(trigger)

/** Table and column that a constraint named by the server stands for: `orders_customer_id_fkey`. */
export function guessKey(
  constraint: string,
): { readonly table: string; readonly column: string } | undefined {
  const [, table, column] = /^(.+?)_([^_]+(?:_id|_no|_key|_uuid|_code))_fkey\d*$/.exec(constraint) ?? []
  if (table !== undefined && column !== undefined) return { table, column }
  const [, plainTable, plainColumn] = /^([^_]+)_([^_]+)_fkey\d*$/.exec(constraint) ?? []
  return plainTable === undefined || plainColumn === undefined
    ? undefined
    : { table: plainTable, column: plainColumn }
}
