import { useMemo } from 'react'
import { create } from 'zustand'
import type { SortOrder } from '#renderer/kit/index.ts'
import {
  momentKey,
  rangeKey,
  readJson,
  setPreference,
  usePreferences,
  useRangeChoice,
  useSession,
} from '#renderer/state/index.ts'
import type { RecordedBlocker } from '#shared/contract/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { LockPicture } from './picture.ts'

/** A moment, for as long as the range is the one in which it was chosen: whoever chooses another range means its end. */
interface ChosenMoment {
  readonly atMs: EpochMs
  readonly key: string
}

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

/** Which range of which session is chosen. */
const choiceKey = () => `${useSession.getState().session?.sessionId} ${rangeKey()}`

export const chooseMoment = (atMs: EpochMs): void =>
  setPreference(momentKey, JSON.stringify({ atMs, key: choiceKey() }))

/** Looks at the range's end again: at now while it follows. */
export const chooseEnd = (): void => setPreference(momentKey, '')

/** The moment that is looked at, unless it is the range's end. It outlives the window, as the range does. */
export function useMoment(): EpochMs | undefined {
  const text = usePreferences((store) => store.values?.[momentKey])
  // Tell when the choice is another.
  useRangeChoice()
  useSession((state) => state.session?.sessionId)
  const moment = useMemo(() => readMoment(text), [text])
  return moment?.key === choiceKey() ? moment.atMs : undefined
}

function readMoment(text: string | undefined): ChosenMoment | undefined {
  return readJson<ChosenMoment | undefined>(text, undefined, isMoment)
}

function isMoment(value: unknown): value is ChosenMoment {
  if (typeof value !== 'object' || value === null) return false
  const { atMs, key } = value as Readonly<Record<string, unknown>>
  return typeof atMs === 'number' && typeof key === 'string'
}
