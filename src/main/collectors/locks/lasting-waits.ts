import type { ActivityTick } from '#shared/activity/index.ts'

/**
 * Whether somebody waits for a lock at two ticks of activity in a row, within one statement. Under a load of short
 * transactions somebody waits at nearly every tick, but nobody for long.
 */
export function createLastingWaits(): (activity: ActivityTick | undefined) => boolean {
  let last: ActivityTick | undefined
  let waiting: ReadonlySet<string> = new Set()
  let isLasting = false
  return (activity) => {
    // The same tick again says nothing new.
    if (activity === last) return isLasting
    const now = new Set(
      (activity?.backends ?? [])
        .filter(({ waitClass }) => waitClass === 'Lock')
        .map(({ pid, statementStartedAtMs }) => `${pid} ${statementStartedAtMs}`),
    )
    isLasting = [...now].some((key) => waiting.has(key))
    last = activity
    waiting = now
    return isLasting
  }
}
