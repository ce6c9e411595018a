import { Check } from 'lucide-react'
import { Checkbox as RadixCheckbox, Switch as RadixSwitch } from 'radix-ui'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { classes } from './classes.ts'

export interface FieldProps {
  readonly label: ReactNode
  /** A quiet sentence below. */
  readonly hint?: ReactNode
  /** What is wrong with the value; empty where the control is marked and the words are elsewhere. */
  readonly problem?: string | undefined
  /** Gets the id for its control, and the id of what describes it. */
  readonly children: (ids: { readonly id: string; readonly 'aria-describedby'?: string }) => ReactNode
  readonly className?: string
}

/** A labelled control. */
export function Field({ label, hint, problem, children, className }: FieldProps) {
  const id = useId()
  const described = `${id}-about`
  const about = problem === undefined || problem === '' ? hint : problem
  return (
    <div className={classes('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="text-sm text-ink-2">
        {label}
      </label>
      {children({ id, ...(about === undefined ? {} : { 'aria-describedby': described }) })}
      {about !== undefined && (
        <p id={described} className={classes('text-sm', about === problem ? 'text-bad' : 'text-ink-3')}>
          {about}
        </p>
      )}
    </div>
  )
}

const box =
  'min-w-0 rounded-md border border-line-strong bg-surface-0 px-2 text-ink hover:border-control disabled:opacity-50 aria-invalid:border-bad'

export interface InputProps extends Omit<ComponentProps<'input'>, 'onChange'> {
  readonly onChange: (value: string) => void
  readonly mono?: boolean
  readonly invalid?: boolean
}

export function Input({ onChange, mono = false, invalid = false, className, ...rest }: InputProps) {
  return (
    <input
      spellCheck={false}
      autoComplete="off"
      {...rest}
      aria-invalid={invalid || undefined}
      onChange={(event) => onChange(event.target.value)}
      className={classes(box, 'h-7', mono && 'font-mono text-sm', className)}
    />
  )
}

export interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'onChange'> {
  readonly onChange: (value: string) => void
  readonly mono?: boolean
}

export function TextArea({ onChange, mono = false, className, ...rest }: TextAreaProps) {
  return (
    <textarea
      spellCheck={false}
      {...rest}
      onChange={(event) => onChange(event.target.value)}
      className={classes(box, 'py-1', mono && 'font-mono text-sm', className)}
    />
  )
}

export interface CheckboxProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly children: ReactNode
  readonly disabled?: boolean
}

export function Checkbox({ checked, onChange, children, disabled = false }: CheckboxProps) {
  const id = useId()
  return (
    <div className={classes('flex items-start gap-2', disabled && 'opacity-50')}>
      <RadixCheckbox.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next === true)}
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border border-control bg-surface-0 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <RadixCheckbox.Indicator>
          <Check size={12} strokeWidth={3} aria-hidden className="text-accent-ink" />
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      <label htmlFor={id}>{children}</label>
    </div>
  )
}

export interface SwitchProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly id?: string
  readonly label?: string
  readonly disabled?: boolean
}

/** On or off, at once. */
export function Switch({ checked, onChange, id, label, disabled = false }: SwitchProps) {
  return (
    <RadixSwitch.Root
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      className="h-4.5 w-8 shrink-0 rounded-full border border-control bg-surface-0 disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <RadixSwitch.Thumb className="block size-3 translate-x-0.5 rounded-full bg-control transition-transform duration-100 data-[state=checked]:translate-x-4 data-[state=checked]:bg-accent-ink" />
    </RadixSwitch.Root>
  )
}
