import { os } from '../implementer.ts'

export const profile = os.profile.router({
  start: os.profile.start.handler(({ input, context }) => context.profiler.start(input)),
  tail: os.profile.tail.handler(({ input, context, signal }) => context.profiler.tail(input, signal)),
  rows: os.profile.rows.handler(({ input, context }) => context.profiler.rows(input)),
  cell: os.profile.cell.handler(({ input, context }) => context.profiler.cell(input)),
  cancel: os.profile.cancel.handler(({ input, context }) => context.profiler.cancel(input.runId)),
})
