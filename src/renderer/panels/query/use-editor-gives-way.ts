import { type RefObject, useEffect, useRef } from 'react'
import type { SplitPaneHandle } from '#renderer/kit/index.ts'
import { hasSplitLayout } from '#renderer/state/index.ts'

/** The buttons and four lines of a statement. */
const bareEditorPx = 112
/** A line of fields for parameters. */
const parametersPx = 41

/** Of the window's height, while there is room for everything. */
export const editorShare = '30%'

export const leastEditorPx = (hasParameters: boolean): number =>
  bareEditorPx + (hasParameters ? parametersPx : 0)

/**
 * The editor leaves the room to a result where both have too little, and takes its own again where there is enough;
 * unless the user has sized them by hand.
 */
export function useEditorGivesWay(
  pane: RefObject<SplitPaneHandle | null>,
  isDue: boolean,
  leastPx: number,
): void {
  const hasGivenWay = useRef(false)
  useEffect(() => {
    if (hasSplitLayout('query.main') || isDue === hasGivenWay.current) return
    pane.current?.resize(isDue ? leastPx : editorShare)
    hasGivenWay.current = isDue
  }, [pane, isDue, leastPx])
}
