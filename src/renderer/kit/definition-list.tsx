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
        // A value that finds no room beside its term stands below it, whole.
        <div key={index} className="flex flex-wrap items-baseline justify-between gap-x-3" title={item.title}>
          <dt className="wrap-anywhere max-w-full text-ink-2">{item.term}</dt>
          <dd
            className={classes(
              'wrap-anywhere ml-auto max-w-full text-right',
              item.tone !== undefined && tones[item.tone],
            )}
          >
            {item.value}
          </dd>
        </div>
      ))}
    </dl>
  )
}
