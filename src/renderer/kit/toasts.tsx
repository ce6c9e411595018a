import { X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import type { Tone } from './badge.tsx'
import { Dot } from './badge.tsx'
import { Button, IconButton } from './button.tsx'

export interface ToastItem {
  readonly id: string
  readonly tone: Tone
  readonly title: string
  readonly text?: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

export interface ToastsProps {
  readonly items: readonly ToastItem[]
  readonly onDismiss: (id: string) => void
}

/** Short news in the corner of what it stands in, read out by screen readers; errors stay until they are put away. */
export function Toasts({ items, onDismiss }: ToastsProps) {
  return (
    <Radix.Provider label="Notice" swipeDirection="right">
      {items.map((item) => (
        <Radix.Root
          key={item.id}
          duration={item.tone === 'bad' ? Number.POSITIVE_INFINITY : 6_000}
          type={item.tone === 'bad' ? 'foreground' : 'background'}
          onOpenChange={(open) => {
            if (!open) onDismiss(item.id)
          }}
          className="flex items-start gap-2.5 rounded-md border border-line-strong bg-surface-2 py-2 pr-1.5 pl-3 shadow-float"
        >
          <span className="mt-2 flex">
            <Dot tone={item.tone} />
          </span>
          <div className="min-w-0 flex-1 py-0.5">
            <Radix.Title className="font-semibold">{item.title}</Radix.Title>
            {item.text !== undefined && item.text !== '' && (
              <Radix.Description className="break-words text-ink-2">{item.text}</Radix.Description>
            )}
            {item.action !== undefined && (
              <Radix.Action asChild altText={item.action.label}>
                <Button className="mt-1.5" onClick={item.action.run}>
                  {item.action.label}
                </Button>
              </Radix.Action>
            )}
          </div>
          <Radix.Close asChild>
            <IconButton label="Dismiss" icon={X} />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className="absolute right-3 bottom-3 z-50 flex w-90 max-w-[calc(100%-24px)] flex-col gap-2 outline-none" />
    </Radix.Provider>
  )
}
