import type { WorkbenchState } from '#shared/contract/index.ts'

/** What the middle of the frame shows. */
export type Stage =
  /** Not a word from the workbench yet. */
  | 'loading'
  /** Nothing to look at: how to begin, or how it is going. */
  | 'welcome'
  | 'panel'

export interface StageInput {
  readonly state: WorkbenchState | undefined
  /** A server was connected at some time in this window. */
  readonly wasConnected: boolean
  /** The user asked for the panel without a server. */
  readonly goOn: boolean
}

/**
 * The first screen gives way once a server is connected, or when the user wants to go on without one; it does not
 * come back when a connection is lost, since runs and drafts are worth looking at then.
 */
export function chooseStage({ state, wasConnected, goOn }: StageInput): Stage {
  if (state === undefined) return 'loading'
  if (wasConnected || goOn || state.connection.status === 'connected') return 'panel'
  return 'welcome'
}
