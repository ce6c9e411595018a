import { client } from '#renderer/client/index.ts'
import { buildDocument, comparePlan } from '#renderer/plan-views/index.ts'
import { notify, notifyError, useSession } from '#renderer/state/index.ts'
import { readPlans } from '#shared/plan/index.ts'
import type { KeptPlanSummary } from '#shared/session/index.ts'
import { documentId, type OpenedText } from './opened.ts'

/** What a kept plan is called beside it: its number in the list. */
export function labelKept(planId: string, plans: readonly KeptPlanSummary[]): string | undefined {
  const ordinal = plans.find((plan) => plan.planId === planId)?.ordinal
  return ordinal === undefined ? undefined : `plan ${ordinal}`
}

/** Holds a plan of the list against the one on screen, the one that was kept earlier being the one before. */
export function compareKept(other: KeptPlanSummary, opened: OpenedText, index: number): void {
  const { session, plans } = useSession.getState()
  if (session === undefined) return
  const compare = async (): Promise<void> => {
    const kept = await client.plans.open({ sessionId: session.sessionId, planId: other.planId })
    const reading = readPlans(kept.text)
    const found = reading.ok ? reading.plans[0] : undefined
    if (found === undefined) {
      const text = reading.ok ? 'There is no plan in it.' : reading.error.message
      notify({ tone: 'bad', title: `${kept.name} can’t be read as a plan`, text })
      return
    }
    const statement = found.statement ?? kept.statement
    const shownOrdinal = plans.find(({ planId }) => planId === opened.id)?.ordinal
    comparePlan({
      shownId: documentId(opened, index),
      other: {
        document: buildDocument({ id: other.planId, raw: found.raw, statement }),
        label: `plan ${other.ordinal}`,
      },
      swapped: shownOrdinal !== undefined && other.ordinal > shownOrdinal,
    })
  }
  compare().catch(notifyError)
}
