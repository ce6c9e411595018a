import type { ReactNode } from 'react'
import { classes, Popover } from '#renderer/kit/index.ts'

interface MeterProps {
  readonly name: string
  readonly align?: 'start' | 'end'
  /** Its figures are shown in full, whatever room others have. */
  readonly keepsRoom?: boolean
  /** The figures on the bar, and what is said of them. */
  readonly children: readonly [ReactNode, ReactNode]
}

/** Figures on the status bar; what they mean and where they come from is one click away. */
export function Meter({ name, align = 'start', keepsRoom = false, children: [face, body] }: MeterProps) {
  return (
    <Popover
      label={name}
      align={align}
      className="w-90 p-3"
      trigger={
        <button
          type="button"
          title={name}
          className={classes(
            'truncate rounded-sm px-1.5 hover:bg-surface-3 hover:text-ink focus-visible:-outline-offset-1 data-[state=open]:bg-surface-3',
            keepsRoom ? 'shrink-0' : 'min-w-0',
          )}
        >
          {face}
        </button>
      }
    >
      <h2 className="mb-1.5 font-semibold">{name}</h2>
      {body}
    </Popover>
  )
}
