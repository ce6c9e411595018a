import { os } from '../implementer.ts'

export const demo = os.demo.router({
  start: os.demo.start.handler(({ context }) => context.demo.start()),
  stop: os.demo.stop.handler(({ context }) => context.demo.stop()),
  setStory: os.demo.setStory.handler(({ input, context }) =>
    context.demo.setStory(input.story, input.running),
  ),
})
