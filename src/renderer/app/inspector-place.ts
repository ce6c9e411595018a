import { useSyncExternalStore } from 'react'
import { create } from 'zustand'
import { useInspectorOpen } from '#renderer/state/index.ts'

/** From here on an inspector that has nothing to say costs nobody anything. */
const roomy = '(min-width: 1200px)'

interface Inspection {
  /** Nothing is selected in the panel that is shown. */
  readonly isEmpty: boolean
  /** Nothing can be: the panel has no use for it. */
  readonly isIdle: boolean
  /** It was opened by hand while it had nothing to say. */
  readonly isAskedFor: boolean
}

const useInspection = create<Inspection>(() => ({ isEmpty: true, isIdle: false, isAskedFor: false }))

export function tellInspection(told: Partial<Pick<Inspection, 'isEmpty' | 'isIdle'>>): void {
  useInspection.setState(told)
}

interface InspectorPlace {
  /** It is there, though it may be folded away. */
  readonly isWanted: boolean
  readonly isShown: boolean
  /** The window has room for it beside everything else. */
  readonly isRoomy: boolean
  readonly toggle: () => void
}

/**
 * Whether the inspector stands beside the panel. While it has nothing to say it gives way where room is short, and
 * where nothing could be selected; asking for it brings it back, empty or not.
 */
export function useInspectorPlace(): InspectorPlace {
  const [isWanted, setWanted] = useInspectorOpen()
  const { isEmpty, isIdle, isAskedFor } = useInspection()
  const isRoomy = useSyncExternalStore(subscribeRoom, () => matchMedia(roomy).matches)
  const isShown = isWanted && (!isEmpty || isAskedFor || (isRoomy && !isIdle))
  return {
    isWanted,
    isShown,
    isRoomy,
    toggle() {
      useInspection.setState({ isAskedFor: !isShown })
      setWanted(!isShown)
    },
  }
}

function subscribeRoom(listener: () => void): () => void {
  const query = matchMedia(roomy)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
