import { randomUUID } from 'node:crypto'
import {
  type KeptPlan,
  type KeptPlanSummary,
  maxPlanChars,
  redactPlanSecrets,
  redactSecrets,
  WorkbenchError,
} from '#shared/session/index.ts'
import { formatCount } from '#shared/units/index.ts'
import type { OpenSession } from './open-session.ts'
import type { NewKeptPlan } from './protocol.ts'
import { present } from './row-reader.ts'

/** Plans from elsewhere in the open session. */
export interface KeptPlans {
  /** Oldest first. */
  list(): Promise<readonly KeptPlanSummary[]>
  /** @throws TOO_LARGE, SESSION_READ_ONLY, SESSION_DISK_FULL */
  keep(
    plan: Omit<NewKeptPlan, 'planId' | 'addedAtMs' | 'chars' | 'note'> & { readonly note?: string },
  ): Promise<KeptPlanSummary>
  /** @throws PLAN_UNKNOWN */
  open(planId: string): Promise<KeptPlan>
  /** @throws PLAN_UNKNOWN, SESSION_READ_ONLY */
  change(change: {
    readonly planId: string
    readonly name?: string
    readonly note?: string
  }): Promise<KeptPlanSummary>
  /** @throws PLAN_UNKNOWN, SESSION_READ_ONLY */
  remove(planId: string): Promise<void>
}

export function createKeptPlans({
  thread,
  inOrder,
  requireWritable,
  wrote,
  tell,
  now,
}: OpenSession): KeptPlans {
  return {
    list: () => thread.ask('plans', undefined),
    open: (planId) => thread.ask('plan', { planId }),
    async keep(input) {
      refuseTooLarge(input.text)
      const text = redactPlanSecrets(storable(input.text))
      const plan: NewKeptPlan = {
        ...input,
        name: redactSecrets(input.name),
        note: redactSecrets(input.note ?? ''),
        ...(input.statement === undefined ? {} : { statement: redactSecrets(input.statement) }),
        text,
        chars: text.length,
        planId: randomUUID(),
        addedAtMs: now(),
      }
      return await inOrder(async () => {
        const session = requireWritable()
        const { summary, ...written } = await thread.ask('keepPlan', { plan })
        wrote(session, written)
        tell({ kind: 'plan-changed', plan: summary })
        return summary
      })
    },
    change: ({ planId, name, note }) =>
      inOrder(async () => {
        const session = requireWritable()
        const texts = present({
          name: name === undefined ? undefined : redactSecrets(name),
          note: note === undefined ? undefined : redactSecrets(note),
        })
        const { summary, ...written } = await thread.ask('changePlan', { planId, ...texts })
        wrote(session, written)
        tell({ kind: 'plan-changed', plan: summary })
        return summary
      }),
    remove: (planId) =>
      inOrder(async () => {
        const session = requireWritable()
        wrote(session, await thread.ask('removePlan', { planId }))
        tell({ kind: 'plan-removed', planId })
      }),
  }
}

/** A file's byte order mark is no part of its text, and half a character can't be written in UTF-8. */
function storable(text: string): string {
  return text.replace(/^\uFEFF/, '').toWellFormed()
}

function refuseTooLarge(text: string): void {
  if (text.length <= maxPlanChars) return
  throw new WorkbenchError(
    'TOO_LARGE',
    `This plan has ${formatCount(text.length)} characters; a session keeps plans of up to ${formatCount(maxPlanChars)}.`,
    {
      advice:
        'It can be looked at without being kept. Leave out what is not plan, or write it as JSON without indentation.',
    },
  )
}
