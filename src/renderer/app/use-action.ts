import { useCallback, useEffect, useRef, useState } from 'react'
import { describeError, type ErrorDescription } from '#renderer/client/index.ts'

export interface Action<Input extends readonly unknown[]> {
  readonly run: (...input: Input) => void
  readonly busy: boolean
  readonly error: ErrorDescription | undefined
  /** Stops waiting for it, and lets the workbench know. */
  readonly stop: () => void
  readonly clear: () => void
}

/** Something that takes a while, at most once at a time; given up when the component goes. */
export function useAction<Input extends readonly unknown[]>(
  work: (signal: AbortSignal, ...input: Input) => Promise<void>,
): Action<Input> {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorDescription>()
  const under = useRef<AbortController>(undefined)
  const latest = useRef(work)
  useEffect(() => {
    latest.current = work
  })
  useEffect(() => () => under.current?.abort(), [])

  const stop = useCallback(() => {
    under.current?.abort()
    under.current = undefined
    setBusy(false)
  }, [])

  const run = useCallback((...input: Input) => {
    under.current?.abort()
    const mine = new AbortController()
    under.current = mine
    setBusy(true)
    setError(undefined)
    latest
      .current(mine.signal, ...input)
      .catch((reason: unknown) => {
        if (under.current === mine) setError(describeError(reason))
      })
      .finally(() => {
        if (under.current !== mine) return
        under.current = undefined
        setBusy(false)
      })
  }, [])

  return { run, busy, error, stop, clear: useCallback(() => setError(undefined), []) }
}
