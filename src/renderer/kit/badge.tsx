import type { ReactNode } from 'react'
import { classes } from './classes.ts'

export type Tone = 'neutral' | 'info' | 'ok' | 'warn' | 'bad'

const tones: Readonly<Record<Tone, string>> = {
  neutral: 'text-ink-2',
  info: 'text-info',
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
}

/** A short word of state. Its colour repeats what the word says. */
export function Badge({
  tone = 'neutral',
  children,
}: {
  readonly tone?: Tone
  readonly children: ReactNode
}) {
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1 rounded-sm border border-line-strong px-1.5 text-xs whitespace-nowrap',
        tones[tone],
      )}
    >
      {children}
    </span>
  )
}

const dots: Readonly<Record<Tone, string>> = {
  neutral: 'bg-transparent ring-control',
  info: 'bg-info ring-info',
  ok: 'bg-ok ring-ok',
  warn: 'bg-warn ring-warn',
  bad: 'bg-bad ring-bad',
}

/** A state lamp; always beside words that say the same. */
export function Dot({ tone }: { readonly tone: Tone }) {
  return (
    <span
      aria-hidden
      className={classes(
        'size-2 shrink-0 rounded-full ring-1 ring-inset forced-color-adjust-none',
        dots[tone],
      )}
    />
  )
}
