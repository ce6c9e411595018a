import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button, IconButton } from './button.tsx'
import { classes } from './classes.ts'
import { useReturnFocus } from './return-focus.ts'

export interface DialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly description?: ReactNode
  readonly children: ReactNode
  /** Buttons, the main one last. */
  readonly footer?: ReactNode
  readonly width?: 'narrow' | 'normal' | 'wide'
  /** False where the body brings its own spacing and scrolling. */
  readonly padded?: boolean
}

const widths = { narrow: 'w-105', normal: 'w-150', wide: 'w-200' } as const

/** A modal dialog; Escape and a click beside it close it. The body scrolls, head and foot stay. */
export function Dialog({ open, onOpenChange, ...content }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-overlay" />
        <DialogContent {...content} />
      </Radix.Portal>
    </Radix.Root>
  )
}

function DialogContent(props: Omit<DialogProps, 'open' | 'onOpenChange'>) {
  const { title, description, children, footer, width = 'normal', padded = true } = props
  const returnFocus = useReturnFocus()
  return (
    <Radix.Content
      {...(description === undefined ? { 'aria-describedby': undefined } : {})}
      // The dialog itself takes the focus unless a field in it asked for it: not its close button.
      onOpenAutoFocus={(event) => {
        event.preventDefault()
        if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
      }}
      onCloseAutoFocus={returnFocus}
      className={classes(
        'fixed top-1/2 left-1/2 z-40 flex max-h-[calc(100vh-48px)] max-w-[calc(100vw-48px)] -translate-1/2 flex-col',
        'rounded-lg border border-line-strong bg-surface-1 shadow-float focus:outline-none',
        widths[width],
      )}
    >
      <header className="flex items-start gap-3 border-b border-line py-3 pr-3 pl-4">
        <div className="min-w-0 flex-1">
          <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
          {description !== undefined && (
            <Radix.Description className="mt-0.5 text-ink-2">{description}</Radix.Description>
          )}
        </div>
        <Radix.Close asChild>
          <IconButton label="Close" icon={X} keys="escape" />
        </Radix.Close>
      </header>
      <div
        className={classes(
          'flex min-h-0 flex-1 flex-col',
          padded ? 'overflow-auto px-4 py-3 *:shrink-0' : 'overflow-hidden',
        )}
      >
        {children}
      </div>
      {footer !== undefined && (
        <footer className="flex items-center justify-end gap-2 border-t border-line px-4 py-3">
          {footer}
        </footer>
      )}
    </Radix.Content>
  )
}

export interface ConfirmDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** The question. */
  readonly title: string
  /** What follows from it, in words. */
  readonly consequence: ReactNode
  /** A verb: "Remove run 3". */
  readonly action: string
  readonly onConfirm: () => void
}

/** Asks before what can't be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, consequence, action, onConfirm } = props
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      width="narrow"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Keep it</Button>
          <Button
            variant="danger"
            onClick={() => {
              onOpenChange(false)
              onConfirm()
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      <p className="text-ink-2">{consequence}</p>
    </Dialog>
  )
}
