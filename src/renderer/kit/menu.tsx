import { Check, type LucideIcon } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { classes } from './classes.ts'
import { Kbd } from './kbd.tsx'

export interface MenuProps {
  /** One button. */
  readonly trigger: ReactElement
  readonly label: string
  readonly align?: 'start' | 'end'
  /** To read what it shows. */
  readonly onOpen?: () => void
  readonly children: ReactNode
  readonly className?: string
}

/** A menu that opens from a button: `MenuItem`, `MenuChoice`, `MenuLabel`, `MenuSeparator`. */
export function Menu({ trigger, label, align = 'start', onOpen, children, className }: MenuProps) {
  return (
    <Radix.Root onOpenChange={(open) => open && onOpen?.()}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={5}
          collisionPadding={8}
          loop
          className={classes(
            'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-auto rounded-md border border-line-strong bg-surface-2 p-1 shadow-float',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

const row =
  'flex min-h-(--row) items-center gap-2 rounded-sm px-2 py-0.5 outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-surface-3'

export interface MenuItemProps {
  readonly icon?: LucideIcon
  /** A second, quieter line or word. */
  readonly detail?: ReactNode
  readonly keys?: string
  readonly disabled?: boolean
  readonly danger?: boolean
  readonly checked?: boolean
  readonly onSelect: () => void
  readonly children: ReactNode
}

export function MenuItem(props: MenuItemProps) {
  const { icon: Icon, detail, keys, disabled = false, danger = false, checked, onSelect, children } = props
  return (
    <Radix.Item
      disabled={disabled}
      onSelect={onSelect}
      {...(checked === undefined ? {} : { 'aria-current': checked })}
      className={classes(row, danger && 'text-bad')}
    >
      {Icon !== undefined && <Icon size={14} aria-hidden className="shrink-0 text-ink-3" />}
      <span className="min-w-0 flex-1 truncate">
        {children}
        {detail !== undefined && <span className="ml-2 text-sm text-ink-3">{detail}</span>}
      </span>
      {checked === true && <Check size={14} aria-hidden className="shrink-0 text-accent" />}
      {keys !== undefined && <Kbd keys={keys} />}
    </Radix.Item>
  )
}

export interface MenuChoiceProps<Value extends string> {
  readonly value: Value
  readonly options: readonly {
    readonly value: Value
    readonly label: ReactNode
    readonly icon?: LucideIcon
  }[]
  readonly onChange: (value: Value) => void
}

/** One of several. */
export function MenuChoice<Value extends string>({ value, options, onChange }: MenuChoiceProps<Value>) {
  return (
    <Radix.RadioGroup value={value} onValueChange={(next) => onChange(next as Value)}>
      {options.map(({ value: option, label, icon: Icon }) => (
        <Radix.RadioItem key={option} value={option} className={row}>
          {Icon !== undefined && <Icon size={14} aria-hidden className="shrink-0 text-ink-3" />}
          <span className="flex-1">{label}</span>
          <Radix.ItemIndicator>
            <Check size={14} aria-hidden className="text-accent" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  )
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-0.5 text-xs text-ink-3">{children}</Radix.Label>
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />
}
