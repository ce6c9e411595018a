import { countBlocked } from '#shared/locks/index.ts'
import { os } from '../implementer.ts'
import { openSession } from '../open-session.ts'

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
    const found = await openSession(context, input.sessionId).recorded.activityAt(input.atMs)
    if (found === undefined) return undefined
    return { ...found, backends: found.backends.map((row) => ({ ...row, blocks: 0 })), includesIdle: false }
  }),
  cancel: os.backends.cancel.handler(({ input, context }) => context.backends.cancel(input)),
  terminate: os.backends.terminate.handler(({ input, context }) => context.backends.terminate(input)),
})
