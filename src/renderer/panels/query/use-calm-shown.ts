import { useEffect, useState } from 'react'
import { isUnderWay, type Shown } from './run-control.ts'

const calmMs = 180

/**
 * What the lower half draws: a run that ends at once goes from result to result, without a flash of "running" between.
 */
export function useCalmShown(shown: Shown): Shown {
  const underWay = isUnderWay(shown)
  const [before, setBefore] = useState(shown)
  const [isLong, setLong] = useState(false)
  if (!underWay && before !== shown) setBefore(shown)
  if (!underWay && isLong) setLong(false)
  useEffect(() => {
    if (!underWay) return
    const timer = setTimeout(() => setLong(true), calmMs)
    return () => clearTimeout(timer)
  }, [underWay])
  return underWay && !isLong ? before : shown
}
