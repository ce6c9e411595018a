import type { StatementPlan } from '#shared/contract/index.ts'
import { createFingerprinter } from '#shared/statements/index.ts'
import type { Context } from '../context.ts'
import { os } from '../implementer.ts'
import { openSession } from '../open-session.ts'

export const workload = os.workload.router({
  ranking: os.workload.ranking.handler(({ input, context }) =>
    openSession(context, input.sessionId).recorded.statementRanking(input),
  ),
  statement: os.workload.statement.handler(({ input, context }) =>
    openSession(context, input.sessionId).recorded.statementDetail(input),
  ),
  texts: os.workload.texts.handler(({ input, context }) =>
    openSession(context, input.sessionId).recorded.statementTexts(input.keys),
  ),
  plans: os.workload.plans.handler(({ input, context }) => findPlans(context, input.sessionId, input.text)),
})

/** Runs and kept plans of a statement of this shape, latest first. */
async function findPlans(
  context: Context,
  sessionId: string,
  text: string,
): Promise<readonly StatementPlan[]> {
  const store = openSession(context, sessionId)
  const fingerprintOf = createFingerprinter()
  const { fingerprint } = fingerprintOf(text)
  const isSame = (statement: string | undefined) =>
    statement !== undefined && fingerprintOf(statement).fingerprint === fingerprint
  const [runs, kept] = await Promise.all([store.runs(), store.plans.list()])
  const found: readonly StatementPlan[] = [
    ...runs
      .filter(({ mode, state, statement }) => mode !== 'run' && state === 'done' && isSame(statement))
      .map(({ runId, ordinal, startedAtMs, timings }) => ({
        kind: 'run' as const,
        id: runId,
        name: `Run ${ordinal}`,
        atMs: startedAtMs,
        durationMs: timings.elapsedMs,
      })),
    ...kept
      .filter(({ statement }) => isSame(statement))
      .map(({ planId, name, addedAtMs, durationMs }) => ({
        kind: 'kept' as const,
        id: planId,
        name,
        atMs: addedAtMs,
        ...(durationMs === undefined ? {} : { durationMs }),
      })),
  ]
  return found.toSorted((a, b) => b.atMs - a.atMs)
}
