import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'

export interface TabItem<Id extends string> {
  readonly id: Id
  readonly label: ReactNode
  readonly disabled?: boolean
}

export interface TabsProps<Id extends string> {
  /** Name of the set, for who can't see it. */
  readonly label: string
  readonly items: readonly TabItem<Id>[]
  readonly value: Id
  readonly onChange: (id: Id) => void
  /** To the right of the tabs; where room is short, words in it are cut rather than tabs. */
  readonly actions?: ReactNode
  /** `TabPanel`s. */
  readonly children: ReactNode
  readonly className?: string
}

/** A row of tabs and, below it, the one `TabPanel` that is open. Fills its container. */
export function Tabs<Id extends string>(props: TabsProps<Id>) {
  const { label, items, value, onChange, actions, children, className } = props
  return (
    <Radix.Root
      value={value}
      onValueChange={(id) => onChange(id as Id)}
      className={classes('flex min-h-0 min-w-0 flex-col', className)}
    >
      <div className="flex h-(--bar) shrink-0 items-stretch gap-2 border-b border-line px-3">
        <Radix.List aria-label={label} className="flex shrink-0 items-stretch gap-0.5">
          {items.map((item) => (
            <Radix.Trigger
              key={item.id}
              value={item.id}
              disabled={item.disabled === true}
              className="-mb-px flex items-center gap-1.5 border-b-2 border-transparent px-2.5 whitespace-nowrap text-ink-2 hover:text-ink focus-visible:-outline-offset-2 disabled:opacity-50 data-[state=active]:border-accent data-[state=active]:text-ink"
            >
              {item.label}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {actions !== undefined && <div className="ml-auto flex min-w-0 items-center gap-2">{actions}</div>}
      </div>
      {children}
    </Radix.Root>
  )
}

export interface TabPanelProps {
  readonly id: string
  readonly children: ReactNode
  readonly className?: string
  /** Keep what is inside alive while another tab is open (an editor, a scrolled table). */
  readonly keep?: boolean
}

export function TabPanel({ id, children, className, keep = false }: TabPanelProps) {
  return (
    <Radix.Content
      value={id}
      {...(keep ? { forceMount: true as const } : {})}
      className={classes('min-h-0 min-w-0 flex-1 data-[state=inactive]:hidden', className)}
    >
      {children}
    </Radix.Content>
  )
}
