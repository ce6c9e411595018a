import { Popover as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { classes } from './classes.ts'

export interface PopoverProps {
  /** One button. */
  readonly trigger: ReactElement
  readonly label: string
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  readonly align?: 'start' | 'center' | 'end'
  readonly children: ReactNode
  readonly className?: string
}

/**
 * A field that can be set takes the focus; what is only to be looked at takes it as a whole, rather than by its first
 * button, whose tip would then lie over it.
 */
function focusWhatIsSet(event: Event): void {
  const { currentTarget: content } = event
  if (!(content instanceof HTMLElement)) return
  event.preventDefault()
  ;(content.querySelector<HTMLElement>(fields) ?? content).focus()
}

const fields = ['input', 'select', 'textarea', '[role=switch]', '[role=checkbox]', '[role=combobox]']
  .map((field) => `${field}:not(:disabled)`)
  .join(', ')

/** Something to look at or set, hung on a button; not modal. */
export function Popover(props: PopoverProps) {
  const { trigger, label, open, onOpenChange, align = 'start', children, className } = props
  return (
    <Radix.Root
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={5}
          collisionPadding={8}
          onOpenAutoFocus={focusWhatIsSet}
          className={classes(
            'z-40 max-h-(--radix-popover-content-available-height) overflow-auto rounded-md border border-line-strong bg-surface-2 shadow-float focus:outline-none',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
