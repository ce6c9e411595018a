import { describeUnanswered } from '#renderer/client/index.ts'
import { classes } from '#renderer/kit/index.ts'

/** Stands where figures will be: history is read for a moment, and that it can't be read has to be said. */
export function Unanswered({ error }: { readonly error: unknown }) {
  return (
    <p className={classes('pt-1', error === undefined ? 'text-ink-3 text-xs' : 'text-sm text-warn')}>
      {describeUnanswered(error)}
    </p>
  )
}
