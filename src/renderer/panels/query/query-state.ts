import { useStore } from 'zustand'
import { client, connection, describeError } from '#renderer/client/index.ts'
import { type Draft, draftStore } from './draft.ts'
import { createRunControl, type Shown } from './run-control.ts'

const never = new AbortController().signal

/** The panel's one run at a time. Lives as long as the window, so that leaving the panel loses nothing. */
export const runControl = createRunControl({
  profile: client.profile,
  describe: describeError,
  whenReachable: () => connection.whenOpen(never),
  now: () => performance.now(),
  pause: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms)
    }),
})

export function useShown(): Shown {
  return useStore(runControl.store, (state) => state.shown)
}

export function useDraft<Part>(part: (draft: Draft) => Part): Part {
  return useStore(draftStore, part)
}
