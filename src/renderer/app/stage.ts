import { create } from 'zustand'

/** What the middle of the frame shows. */
export type Stage =
  /** Not a word from the workbench yet. */
  | 'loading'
  /** Nothing to look at: how to begin, or how it is going. */
  | 'welcome'
  | 'panel'

export interface StageInput {
  /** State and preferences have come. */
  readonly isReady: boolean
  readonly isConnected: boolean
  /** A server was connected at some time in this window. */
  readonly wasConnected: boolean
  /** The open session holds a recording. */
  readonly hasRecorded: boolean
  /** The user asked for the panel without a server. */
  readonly goOn: boolean
}

/**
 * The first screen gives way once a server is connected, to a session with something recorded, or when the user wants to go on without one; it does not
 * come back when a connection is lost, since runs and drafts are worth looking at then.
 */
export function chooseStage(input: StageInput): Stage {
  const { isReady, isConnected, wasConnected, hasRecorded, goOn } = input
  if (!isReady) return 'loading'
  return isConnected || wasConnected || hasRecorded || goOn ? 'panel' : 'welcome'
}

/** The user wants a panel without a server: said on the first screen, or by bringing something to look at. */
export const useGoOn = create<{ readonly goOn: boolean }>(() => ({ goOn: false }))

export function goOnWithoutServer(): void {
  useGoOn.setState({ goOn: true })
}
