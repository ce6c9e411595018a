import { type } from '@orpc/contract'
import { z } from 'zod'
import { type KeptPlan, type KeptPlanSummary, planSources } from '../session/index.ts'
import { base } from './base.ts'
import { id, statementText } from './schemas.ts'

const planName = z.string().min(1).max(200)
const planNote = z.string().max(10_000)
const ms = z.number().min(0)

/**
 * Plans from elsewhere, kept in the open session; no server need be connected. `SESSION_READ_ONLY` where the session
 * can only be read: the plan can be looked at all the same, it is only not kept.
 */
export const plans = {
  /** Oldest first, without their texts. */
  list: base.input(z.strictObject({ sessionId: id })).output(type<readonly KeptPlanSummary[]>()),
  /** Keeps a text with a plan as it was given. `TOO_LARGE` beyond `maxPlanChars`; news: `plan-changed`. */
  keep: base
    .input(
      z.strictObject({
        sessionId: id,
        name: planName,
        source: z.enum(planSources),
        text: z.string().min(1),
        note: planNote.exactOptional(),
        statement: statementText.exactOptional(),
        durationMs: ms.exactOptional(),
        nodes: z.int().min(0).exactOptional(),
        executionMs: ms.exactOptional(),
      }),
    )
    .output(type<KeptPlanSummary>()),
  /** The plan with its text; `PLAN_UNKNOWN` if it was removed. */
  open: base.input(z.strictObject({ sessionId: id, planId: id })).output(type<KeptPlan>()),
  /** Renames, or changes the note; what is absent stays. */
  change: base
    .input(
      z.strictObject({
        sessionId: id,
        planId: id,
        name: planName.exactOptional(),
        note: planNote.exactOptional(),
      }),
    )
    .output(type<KeptPlanSummary>()),
  /** Takes it out of the session; `PLAN_UNKNOWN` if it is gone already. News: `plan-removed`. */
  remove: base.input(z.strictObject({ sessionId: id, planId: id })).output(type<void>()),
}
