import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classes } from '#renderer/kit/index.ts'

/** A button of the top bar that opens something below it. */
export function BarButton({ children, className, ...rest }: Omit<ComponentProps<'button'>, 'type'>) {
  return (
    <button
      {...rest}
      type="button"
      className={classes(
        'flex h-7 min-w-0 items-center gap-2 rounded-md px-2 whitespace-nowrap hover:bg-surface-3 data-[state=open]:bg-surface-3',
        className,
      )}
    >
      {children}
      <ChevronDown size={13} aria-hidden className="shrink-0 text-ink-3" />
    </button>
  )
}
