import { create } from 'zustand'
import { client } from '#renderer/client/index.ts'
import { notifyError } from '#renderer/state/index.ts'
import type { ProcessWatch } from '#shared/host/index.ts'
import type { ProcessRow } from './process-rows.ts'

interface WatchesState {
  readonly watches: readonly ProcessWatch[]
  readonly isAdding: boolean
  /** Row of the table, as it was last drawn. */
  readonly selected: ProcessRow | undefined
}

/** Process trees that are watched beside the server, and the question for another one. */
export const useWatches = create<WatchesState>(() => ({ watches: [], isAdding: false, selected: undefined }))

export async function loadWatches(): Promise<void> {
  useWatches.setState({ watches: await client.host.watches() })
}

export function addWatch(choice: { readonly pid: number } | { readonly commandLine: string }): void {
  change(async () => void (await client.host.watch(choice)))
}

export function removeWatch(watchId: string): void {
  change(() => client.host.unwatch({ watchId }))
}

function change(work: () => Promise<void>): void {
  work()
    .then(loadWatches)
    .catch((error: unknown) => notifyError(error))
}
