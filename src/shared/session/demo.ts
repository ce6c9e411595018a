import type { Ratio } from '../units/index.ts'

export const demoStoryIds = [
  'missing-index',
  'n-plus-one',
  'lock-queue',
  'spilling-sort',
  'misestimate',
  'idle-in-transaction',
  'nightly-batch',
  'autovacuum-debt',
] as const
export type DemoStoryId = (typeof demoStoryIds)[number]

export interface DemoStory {
  readonly id: DemoStoryId
  readonly title: string
  /** One sentence: what it does to the server and what to look for. */
  readonly description: string
  readonly running: boolean
  /** Why it stopped by itself, if it did. */
  readonly problem?: string
}

export type DemoState =
  | { readonly status: 'stopped' }
  | { readonly status: 'starting'; readonly step: string; readonly progress: Ratio }
  | { readonly status: 'running'; readonly stories: readonly DemoStory[]; readonly attached: boolean }
  | { readonly status: 'failed'; readonly message: string; readonly advice: string }
