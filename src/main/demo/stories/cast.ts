import type { OpenOptions } from '#main/targets/index.ts'
import type { DemoStory, DemoStoryId, TargetSettings } from '#shared/session/index.ts'
import { perform } from './perform.ts'
import { repertoire } from './repertoire.ts'
import type { Story } from './story.ts'

export interface StoriesOptions {
  readonly connection: () => {
    readonly settings: TargetSettings
    readonly secret: Pick<OpenOptions, 'password'>
  }
  readonly onChange: () => void
}

export interface Stories {
  list(): readonly DemoStory[]
  /** Resolves when the story has begun, or when all its connections are closed. */
  set(id: DemoStoryId, running: boolean): Promise<void>
  stopAll(): Promise<void>
}

interface Performance {
  readonly abort: AbortController
  readonly done: Promise<void>
}

export function createStories(options: StoriesOptions): Stories {
  const running = new Map<DemoStoryId, Performance>()
  const problems = new Map<DemoStoryId, string>()

  function begin(story: Story): void {
    const abort = new AbortController()
    problems.delete(story.id)
    const { settings, secret } = options.connection()
    const acts = story.actors.map((actor) => perform(actor, { settings, secret, signal: abort.signal }))
    const done = finish(story.id, acts, abort)
    running.set(story.id, { abort, done })
    options.onChange()
  }

  /** Waits for all actors; if one gives up, the others are of no use without it. */
  async function finish(
    id: DemoStoryId,
    acts: readonly Promise<void>[],
    abort: AbortController,
  ): Promise<void> {
    try {
      await Promise.all(acts)
    } catch (error) {
      problems.set(id, error instanceof Error ? error.message : String(error))
      abort.abort()
      await Promise.allSettled(acts)
    }
    running.delete(id)
    options.onChange()
  }

  async function end(id: DemoStoryId): Promise<void> {
    const performance = running.get(id)
    performance?.abort.abort()
    await performance?.done
  }

  return {
    list: () =>
      repertoire.map(({ id, title, description }) => {
        const problem = problems.get(id)
        return {
          id,
          title,
          description,
          running: running.has(id),
          ...(problem === undefined ? {} : { problem }),
        }
      }),
    set: async (id, wanted) => {
      const story = repertoire.find((one) => one.id === id)
      if (story === undefined || running.has(id) === wanted) return
      if (wanted) begin(story)
      else await end(id)
    },
    stopAll: async () => {
      await Promise.all([...running.keys()].map(end))
      problems.clear()
    },
  }
}
