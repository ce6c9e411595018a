import { classes } from './classes.ts'

export interface ProgressBarProps {
  /** What is going on. */
  readonly label: string
  /** 0–1; absent where nobody knows. */
  readonly value?: number
  readonly className?: string
}

export function ProgressBar({ label, value, className }: ProgressBarProps) {
  const percent = value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div
      role="progressbar"
      aria-label={label}
      {...(percent === undefined
        ? {}
        : { 'aria-valuenow': percent, 'aria-valuemin': 0, 'aria-valuemax': 100 })}
      className={classes('h-1.5 overflow-hidden rounded-full bg-surface-3', className)}
    >
      <div
        className={classes(
          'h-full rounded-full bg-accent transition-[width] duration-150',
          percent === undefined && 'w-1/3 animate-pulse',
        )}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </div>
  )
}
