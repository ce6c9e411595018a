import { create } from 'zustand'
import type { SortOrder } from '#renderer/kit/index.ts'
import type { BackendRow, BackendsAt } from '#shared/contract/index.ts'
import type { StateChoice } from './list-backends.ts'

interface ActivityStore {
  /** The look that is shown. */
  readonly shown: BackendsAt | undefined
  readonly filter: string
  readonly states: StateChoice
  readonly order: SortOrder
  /** `keyOf` of the selected process. */
  readonly selectedKey: string | undefined
}

/** Lives as long as the window, so that leaving the panel loses nothing. */
export const useActivity = create<ActivityStore>(() => ({
  shown: undefined,
  filter: '',
  states: 'busy',
  order: { columnId: 'statementAge', descending: true },
  selectedKey: undefined,
}))

/** Process ids are used again; with its start, one is itself. */
export const keyOf = ({ pid, startedAtMs }: BackendRow): string => `${pid}-${startedAtMs}`

export const useSelectedBackend = (): BackendRow | undefined =>
  useActivity(({ shown, selectedKey }) => shown?.backends.find((row) => keyOf(row) === selectedKey))
