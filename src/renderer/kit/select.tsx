import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { classes } from './classes.ts'

export interface SelectProps<Value extends string> {
  /** Its name; left out where a `Field` names it. */
  readonly label?: string
  readonly id?: string
  readonly value: Value
  readonly options: readonly {
    readonly value: Value
    readonly label: ReactNode
    readonly detail?: ReactNode
    readonly disabled?: boolean
  }[]
  readonly onChange: (value: Value) => void
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly className?: string
}

/** One of several, shown as a button with the chosen one. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, id, value, options, onChange, placeholder, disabled = false, className } = props
  // Its list takes longer to make than the whole bar that it stands in, and mostly nobody opens it.
  const [isNear, setNear] = useState(false)
  const comeNear = () => setNear(true)
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as Value)} disabled={disabled}>
      <Radix.Trigger
        {...(label === undefined ? {} : { 'aria-label': label })}
        {...(id === undefined ? {} : { id })}
        onPointerEnter={comeNear}
        onFocus={comeNear}
        className={classes(
          'inline-flex h-6.5 min-w-0 items-center justify-between gap-1.5 rounded-md border border-line-strong bg-surface-2 px-2.5 whitespace-nowrap text-ink hover:bg-surface-3 disabled:opacity-50',
          className,
        )}
      >
        <Radix.Value placeholder={placeholder}>
          {options.find((option) => option.value === value)?.label}
        </Radix.Value>
        <Radix.Icon asChild>
          <ChevronDown size={14} aria-hidden className="shrink-0 text-ink-3" />
        </Radix.Icon>
      </Radix.Trigger>
      {isNear && (
        <Radix.Portal>
          <Radix.Content
            position="popper"
            sideOffset={4}
            collisionPadding={8}
            className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden rounded-md border border-line-strong bg-surface-2 p-1 shadow-float"
          >
            <Radix.Viewport>
              {options.map((option) => (
                <Radix.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled === true}
                  className="flex min-h-(--row) items-center gap-2 rounded-sm px-2 outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-surface-3"
                >
                  <span className="flex-1">
                    <Radix.ItemText>{option.label}</Radix.ItemText>
                    {option.detail !== undefined && (
                      <span className="ml-2 text-sm text-ink-3">{option.detail}</span>
                    )}
                  </span>
                  <Radix.ItemIndicator>
                    <Check size={14} aria-hidden className="text-accent" />
                  </Radix.ItemIndicator>
                </Radix.Item>
              ))}
            </Radix.Viewport>
          </Radix.Content>
        </Radix.Portal>
      )}
    </Radix.Root>
  )
}
