import { os } from '../implementer.ts'

export const targets = os.targets.router({
  hints: os.targets.hints.handler(({ context }) => context.targets.hints()),
  parseUrl: os.targets.parseUrl.handler(({ input, context }) => context.targets.parseUrl(input.url)),
  list: os.targets.list.handler(({ context }) => context.targets.list()),
  save: os.targets.save.handler(({ input, context }) => context.targets.save(input)),
  remove: os.targets.remove.handler(({ input, context }) => context.targets.remove(input.targetId)),
  test: os.targets.test.handler(({ input, context }) => context.targets.test(input)),
  connect: os.targets.connect.handler(({ input, context }) => context.targets.connect(input)),
  disconnect: os.targets.disconnect.handler(({ context }) => context.targets.disconnect()),
})
