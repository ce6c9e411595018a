import { describeError } from '#renderer/client/index.ts'

/** Stands where figures will be: history is read for a moment, and that it can't be read has to be said. */
export function Unanswered({ error }: { readonly error: unknown }) {
  if (error === undefined) return <p className="pt-1 text-ink-3 text-xs">Reading…</p>
  return <p className="pt-1 text-sm text-warn">Could not be read: {describeError(error).message}</p>
}
