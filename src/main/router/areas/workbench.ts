import { os } from '../implementer.ts'

export const workbench = os.workbench.router({
  info: os.workbench.info.handler(({ context }) => context.info),
  tail: os.workbench.tail.handler(({ input, context, signal }) =>
    context.tailState(input.after, input.waitMs, signal),
  ),
  preferences: os.workbench.preferences.handler(({ context }) => context.preferences.all()),
  setPreference: os.workbench.setPreference.handler(({ input, context }) =>
    context.preferences.set(input.key, input.value),
  ),
})
