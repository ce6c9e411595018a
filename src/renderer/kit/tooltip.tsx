import { Tooltip as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'

/** Once around the whole interface: neighbours' tips then follow without a delay. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={400} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  )
}

export interface TooltipProps {
  readonly text: ReactNode
  readonly keys?: string
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  /** One focusable element. */
  readonly children: ReactElement
}

/** Shown on hover, and on focus that came by the keyboard: focus that is given back to a button after a click is no question. */
export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger
        asChild
        onFocus={(event) => {
          if (!event.currentTarget.matches(':focus-visible')) event.preventDefault()
        }}
      >
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={5}
          collisionPadding={8}
          className="z-50 flex max-w-90 items-center gap-2 rounded-md border border-line-strong bg-surface-2 px-2 py-1 text-sm text-ink shadow-float"
        >
          <span className="min-w-0">{text}</span>
          {keys !== undefined && <Kbd keys={keys} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
