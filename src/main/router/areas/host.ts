import { os } from '../implementer.ts'

export const host = os.host.router({
  watches: os.host.watches.handler(({ context }) => context.watches.list()),
  watch: os.host.watch.handler(({ input, context }) => context.watches.add(input)),
  unwatch: os.host.unwatch.handler(({ input, context }) => context.watches.remove(input.watchId)),
  processes: os.host.processes.handler(({ input, context }) => context.watches.search(input.search)),
})
