import type { ServerClient } from '#main/targets/index.ts'
import type { DemoStoryId } from '#shared/session/index.ts'

/** One connection's part in a story. */
export interface Actor {
  /** Seen as `application_name`. */
  readonly name: string
  readonly role: 'shop_app' | 'shop_batch' | 'shop_analyst'
  /** Idle time between turns; more if turns are long, so that no actor takes more than its share of a core. */
  readonly pauseMs: number
  readonly sessionSettings?: Readonly<Record<string, string>>
  /** One turn. `turn` counts from 0 within a connection; `pause` waits, or throws when the story is being ended. */
  play(client: ServerClient, stage: Stage): Promise<void>
}

export interface Stage {
  readonly turn: number
  readonly pause: (ms: number) => Promise<void>
  /** A number in [0, 1). */
  readonly random: () => number
}

export interface Story {
  readonly id: DemoStoryId
  readonly title: string
  /** One sentence: what it does to the server and what to look for. */
  readonly description: string
  readonly actors: readonly Actor[]
}
