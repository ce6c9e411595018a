import type { LucideIcon } from 'lucide-react'
import { type ComponentProps, type ReactNode, useLayoutEffect, useRef } from 'react'
import { classes } from './classes.ts'
import { Kbd } from './kbd.tsx'
import { Spinner } from './spinner.tsx'
import { Tooltip } from './tooltip.tsx'

type Variant = 'primary' | 'plain' | 'quiet' | 'danger'

const looks: Readonly<Record<Variant, string>> = {
  primary: 'border-accent bg-accent font-semibold text-accent-ink hover:brightness-110',
  plain: 'border-line-strong bg-surface-2 text-ink hover:bg-surface-3',
  quiet: 'border-transparent text-ink-2 hover:bg-surface-3 hover:text-ink',
  danger: 'border-bad/60 bg-surface-2 text-bad hover:bg-surface-3',
}

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly variant?: Variant
  readonly icon?: LucideIcon
  /** Shown beside the label; the key itself is bound by the command. */
  readonly keys?: string
  /** Under way: shows a spinner and takes no second click, but keeps the focus, which a disabled button would lose. */
  readonly busy?: boolean
  readonly type?: 'button' | 'submit'
  readonly children: ReactNode
}

export function Button({
  variant = 'plain',
  icon: Icon,
  keys,
  busy = false,
  type = 'button',
  className,
  children,
  disabled = false,
  onClick,
  onFocus,
  ...rest
}: ButtonProps) {
  const focused = useRef<HTMLElement>(undefined)
  // A disabled button loses the focus to nobody: the keyboard goes on in what the button is about.
  useLayoutEffect(() => {
    const button = focused.current
    if (!disabled || busy || button === undefined || button !== document.activeElement) return
    button.closest<HTMLElement>('[role="dialog"], main')?.focus()
  }, [disabled, busy])
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled && !busy}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onFocus={(event) => {
        focused.current = event.currentTarget
        onFocus?.(event)
      }}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={classes(
        'inline-flex h-6.5 shrink-0 items-center gap-1.5 rounded-md border px-2.5 whitespace-nowrap select-none',
        'disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50',
        looks[variant],
        className,
      )}
    >
      {busy ? <Spinner /> : Icon !== undefined && <Icon size={14} aria-hidden />}
      {children}
      {keys !== undefined && <Kbd keys={keys} bare />}
    </button>
  )
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'children'> {
  /** Its name, and its tooltip. */
  readonly label: string
  readonly icon: LucideIcon
  readonly keys?: string
  readonly pressed?: boolean
}

export function IconButton({ label, icon: Icon, keys, pressed, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(keys === undefined ? {} : { keys })}>
      <button
        {...rest}
        type="button"
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        className={classes(
          'inline-grid size-6.5 shrink-0 place-items-center rounded-md text-ink-2 hover:bg-surface-3 hover:text-ink',
          'aria-pressed:bg-surface-3 aria-pressed:text-ink data-[state=open]:bg-surface-3',
          'disabled:pointer-events-none disabled:opacity-50',
          className,
        )}
      >
        <Icon size={16} aria-hidden />
      </button>
    </Tooltip>
  )
}
