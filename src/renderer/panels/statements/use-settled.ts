import { useEffect, useState } from 'react'
import type { Milliseconds } from '#shared/units/index.ts'

/** A value once it has stayed the same for a while; an empty text at once. */
export function useSettled(value: string, forMs: Milliseconds): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), value === '' ? 0 : forMs)
    return () => clearTimeout(timer)
  }, [value, forMs])
  return settled
}
