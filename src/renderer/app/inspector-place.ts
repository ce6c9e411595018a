import { useSyncExternalStore } from 'react'
import { create } from 'zustand'
import { useInspectorOpen } from '#renderer/state/index.ts'

/** From here on it may be as wide as it was made. */
const roomy = '(min-width: 1200px)'
/** From here on an inspector that has nothing to say costs nobody anything. */
const spacious = '(min-width: 1700px)'

interface Inspection {
  /** Nothing is selected in the panel that is shown. */
  readonly isEmpty: boolean
  /** Nothing can be: the panel has no use for it. */
  readonly isIdle: boolean
  /** While nothing is selected, the panel has a better use for its room. */
  readonly isInTheWay: boolean
  /** It was opened by hand while it had nothing to say. */
  readonly isAskedFor: boolean
}

const useInspection = create<Inspection>(() => ({
  isEmpty: true,
  isIdle: false,
  isInTheWay: false,
  isAskedFor: false,
}))

export function tellInspection(told: Partial<Pick<Inspection, 'isEmpty' | 'isIdle' | 'isInTheWay'>>): void {
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
  const { isEmpty, isIdle, isInTheWay, isAskedFor } = useInspection()
  const isRoomy = useMatches(roomy)
  const isSpacious = useMatches(spacious)
  const isShown = isWanted && (!isEmpty || isAskedFor || (!isIdle && (isInTheWay ? isSpacious : isRoomy)))
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

function useMatches(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}
