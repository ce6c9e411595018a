import { create } from 'zustand'
import type { SortOrder } from '#renderer/kit/index.ts'
import type { RecordedBlocker } from '#shared/contract/index.ts'
import type { LockPicture } from './picture.ts'

interface LocksStore {
  readonly view: 'graph' | 'tree'
  readonly below: 'blame' | 'objects'
  /** What is shown, for the inspector. */
  readonly picture: LockPicture | undefined
  /** It is of a moment ago, when somebody waited. */
  readonly isOver: boolean
  readonly selectedPid: number | undefined
  /** Selected among those who kept others waiting, who may do nothing of the kind at the moment that is shown. */
  readonly blocker: RecordedBlocker | undefined
  readonly blameOrder: SortOrder
  readonly objectOrder: SortOrder
}

/** Lives as long as the window, so that leaving the panel loses nothing. */
export const useLocks = create<LocksStore>(() => ({
  view: 'graph',
  below: 'blame',
  picture: undefined,
  isOver: false,
  selectedPid: undefined,
  blocker: undefined,
  blameOrder: { columnId: 'caused', descending: true },
  objectOrder: { columnId: 'waited', descending: true },
}))

export const selectNone = (): void => useLocks.setState({ selectedPid: undefined, blocker: undefined })

export const selectProcess = (selectedPid: number): void =>
  useLocks.setState({ selectedPid, blocker: undefined })
