import { useState } from 'react'
import { usePreference } from '#renderer/state/index.ts'
import type { PlanDocument } from '../document.ts'

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'

/** A view and findings side by side: with less than this, neither could be read. */
const leastForBothPx = 760

interface FindingsPlace {
  readonly open: boolean
  /** `instead`: they take the view's place while they are open. */
  readonly place: 'beside' | 'instead'
  readonly setOpen: (open: boolean) => void
}

/**
 * Where the findings stand, and whether they are open. Beside the view the user's choice holds for every plan; where
 * there is no room for both, or nothing was found, they are closed until they are asked for.
 *
 * @param widthPx of the whole; 0 while it is not known
 */
export function useFindingsPlace(document: PlanDocument, widthPx: number): FindingsPlace {
  const [wanted, setWanted] = usePreference('plan.findings', true, isFlag)
  const [askedOf, setAskedOf] = useState<string>()
  const place = widthPx > 0 && widthPx < leastForBothPx ? 'instead' : 'beside'
  if (place === 'beside' && document.findings.length > 0) return { open: wanted, place, setOpen: setWanted }
  return {
    open: askedOf === document.id,
    place,
    setOpen: (open) => setAskedOf(open ? document.id : undefined),
  }
}
