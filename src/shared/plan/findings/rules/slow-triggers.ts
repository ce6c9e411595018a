import { formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanTrigger } from '../../plan-types.ts'
import { isWorth } from '../facts.ts'
import type { Advice, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { keySide, lacksIndex } from '../foreign-keys.ts'
import { openStatement } from '../sql.ts'

/** Triggers that take less are part of the write's normal price. */
const leastShare = 0.1

/** A key's check at its normal price is worth a word only where it adds up. */
const quickMsPerCall = 0.05
const leastMsOfQuickKeys = 250

/**
 * To look a row up costs about twice what it costs to write one, on any machine. Measured on servers 14 and 18 in loads of
 * 15,000 and 20,000 rows, also while much else ran: 1.3, 1.6 and 2.1 times.
 */
const usualTimesOfRow = 2.5

/** A foreign key that finds each row at once: in a write of a few rows, or for what it costs beside the writing. */
function isQuickKey(context: RuleContext, trigger: PlanTrigger): boolean {
  const { timeMs = 0, calls } = trigger
  if (keySide(context, trigger) === undefined) return false
  if (timeMs < leastMsOfQuickKeys && timeMs < quickMsPerCall * calls) return true
  const triggersMs = context.plan.triggers.reduce((sum, other) => sum + (other.timeMs ?? 0), 0)
  return timeMs < usualTimesOfRow * (context.wholeMs - triggersMs)
}

/** The first call in a session compiles the function and plans its queries: a few calls tell nothing of the next ones. */
const fewCalls = 10
const firstCallsMs = 10

const isFirstCall = ({ calls, timeMs = 0 }: PlanTrigger): boolean => calls < fewCalls && timeMs < firstCallsMs

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

function adviseFor(context: RuleContext, trigger: PlanTrigger): readonly Advice[] {
  switch (keySide(context, trigger)) {
    case 'referencing':
      return [
        {
          text: 'Each row written is looked up in the table it refers to. For a large load, check once instead: drop the constraint, load, add it again with NOT VALID and validate it.',
        },
        {
          text: 'If one row takes longer than 0.1 ms, see that both columns have the same type, and what locks the referenced rows.',
        },
      ]
    case 'referenced':
      return [
        {
          text: 'Delete in portions, or let the rows that refer to these be removed first in one statement of their own.',
        },
      ]
    default: {
      const table =
        trigger.relation === undefined
          ? ''
          : ` AND t.tgrelid IN (SELECT oid FROM pg_class WHERE relname = ${literal(trigger.relation)})`
      return [
        openStatement(
          'Read what it does for each row; its queries are planned on their own and do not show in this plan.',
          'Show the trigger’s function',
          `SELECT pg_get_functiondef(t.tgfoid) FROM pg_trigger t WHERE t.tgname = ${literal(trigger.name)}${table};`,
        ),
        {
          text: 'Do the work once for the whole statement (FOR EACH STATEMENT with transition tables), or limit it with WHEN (OLD.x IS DISTINCT FROM NEW.x) to the rows that need it.',
        },
      ]
    }
  }
}

function find(context: RuleContext): readonly FindingDraft[] {
  const { plan, wholeMs } = context
  return plan.triggers
    .filter(
      (trigger) =>
        trigger.timeMs !== undefined &&
        trigger.timeMs >= leastShare * wholeMs &&
        isWorth(context, trigger.timeMs) &&
        !lacksIndex(context, trigger) &&
        !isQuickKey(context, trigger) &&
        !isFirstCall(trigger),
    )
    .map((trigger) => {
      const { timeMs = 0, calls } = trigger
      const side = keySide(context, trigger)
      const what = side === undefined ? 'Trigger' : 'Foreign key'
      const name = side === undefined ? trigger.name : (trigger.constraint ?? trigger.name)
      return {
        nodeId: undefined,
        title: `${what} ${name} took ${formatDuration(timeMs)} in ${formatCount(calls)} ${calls === 1 ? 'call' : 'calls'}`,
        evidence: [
          { label: what, value: name },
          ...(trigger.relation === undefined ? [] : [{ label: 'Table', value: trigger.relation }]),
          { label: 'Time', value: formatDuration(timeMs) },
          { label: 'Calls', value: formatCount(calls) },
          { label: 'Time a call', value: formatDuration(timeMs / Math.max(1, calls)) },
        ],
        advice: adviseFor(context, trigger),
        timeAtStakeMs: timeMs,
        exactness: 'exact' as const,
      }
    })
}

export const slowTriggers: Rule = {
  id: 'slow-triggers',
  name: 'Triggers that take a large part of a write',
  why: 'A trigger for each row runs its own queries for every row written, beside the plan. The tree does not show them, the client waits for them.',
  verify: 'Run it again and compare the trigger’s Time and Calls beside the plan.',
  notWhen:
    'When the trigger’s work has to be done for each row and each call is as quick as such a query can be.',
  find,
}
