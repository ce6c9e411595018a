import { countBlocked } from '#shared/locks/index.ts'
import { os } from '../implementer.ts'
import { openSession } from '../open-session.ts'
import { joinLocks } from './join-locks.ts'

export const backends = os.backends.router({
  now: os.backends.now.handler(async ({ context }) => {
    const { atMs, backends: listed } = await context.backends.list()
    const blocked = countBlocked(listed)
    return {
      atMs,
      backends: listed.map((row) => ({ ...row, blocks: blocked.get(row.pid) ?? 0 })),
      includesIdle: true,
    }
  }),
  at: os.backends.at.handler(async ({ input, context }) => {
    const { recorded } = openSession(context, input.sessionId)
    const found = await recorded.activityAt(input.atMs)
    if (found === undefined) return undefined
    const locks = await recorded.locksAt({ atMs: input.atMs })
    return { ...found, backends: joinLocks(found.backends, locks), includesIdle: false }
  }),
  cancel: os.backends.cancel.handler(({ input, context }) => context.backends.cancel(input)),
  terminate: os.backends.terminate.handler(({ input, context }) => context.backends.terminate(input)),
})
