import type { ReactNode } from 'react'
import { classes } from './classes.ts'

export interface Definition {
  readonly term: ReactNode
  readonly value: ReactNode
  /** The exact value or the source, on hover. */
  readonly title?: string
  readonly tone?: 'warn' | 'bad' | 'quiet'
}

const tones = { warn: 'text-warn', bad: 'text-bad', quiet: 'text-ink-3' } as const

/** Facts in two columns, figures to the right. */
export function DefinitionList({ items }: { readonly items: readonly Definition[] }) {
  return (
    <dl className="flex flex-col gap-0.5 select-text">
      {items.map((item, index) => (
        // The list is drawn anew as a whole: a fact has no identity beyond its place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="flex items-baseline justify-between gap-3" title={item.title}>
          <dt className="shrink-0 text-ink-2">{item.term}</dt>
          <dd
            className={classes('min-w-0 text-right break-words', item.tone !== undefined && tones[item.tone])}
          >
            {item.value}
          </dd>
        </div>
      ))}
    </dl>
  )
}
