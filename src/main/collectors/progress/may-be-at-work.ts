import type { ActivityTick, BackendSample } from '#shared/activity/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'

/** Maintenance that is over sooner is not worth a question a second to a server that runs short statements alone. */
const shortMs: Milliseconds = 100

/** Whether somebody may be at maintenance, by what the last look at activity saw; where there was none, always. */
export function mayBeAtWork(activity: ActivityTick | undefined): boolean {
  return activity === undefined || activity.backends.some((backend) => isSuspect(backend, activity))
}

function isSuspect(backend: BackendSample, { atMs }: ActivityTick): boolean {
  const { backendType, state, statementStartedAtMs } = backend
  if (backendType !== 'client backend') return true
  return state === 'active' && (statementStartedAtMs === undefined || atMs - statementStartedAtMs >= shortMs)
}
