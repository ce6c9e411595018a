import { type } from '@orpc/contract'
import { z } from 'zod'
import { base } from './base.ts'
import { demoStoryId } from './schemas.ts'

export const demo = {
  /** Starts the built-in server (made at the first start) and connects to it; progress is in `workbench.tail`. */
  start: base.output(type<void>()),
  /** Disconnects from the built-in server, where that is the target, and ends it; its data stay. */
  stop: base.output(type<void>()),
  /** Switches one story of the demo's workload on or off. */
  setStory: base.input(z.strictObject({ story: demoStoryId, running: z.boolean() })).output(type<void>()),
}
