import { ToggleGroup } from 'radix-ui'
import { Tooltip } from '#renderer/kit/index.ts'

export interface Segment<Id extends string> {
  readonly id: Id
  readonly label: string
  readonly keys?: string
  /** What it shows, on hover. */
  readonly about?: string
}

interface SegmentsProps<Id extends string> {
  readonly label: string
  readonly items: readonly Segment<Id>[]
  readonly value: Id
  readonly onChange: (id: Id) => void
  readonly compact?: boolean
}

/** One of a few, all in sight; walked by arrows. */
export function Segments<Id extends string>({
  label,
  items,
  value,
  onChange,
  compact = false,
}: SegmentsProps<Id>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      // Clicking the chosen one again leaves it chosen.
      onValueChange={(id) => {
        if (id !== '') onChange(id as Id)
      }}
      className="inline-flex h-6.5 shrink-0 items-stretch rounded-md border border-line-strong bg-surface-0 p-px"
    >
      {items.map((item) => {
        const segment = (
          <ToggleGroup.Item
            key={item.id}
            value={item.id}
            className={`${compact ? 'px-1.5' : 'px-2.5'} rounded-sm text-ink-2 hover:text-ink aria-checked:bg-surface-3 aria-checked:font-semibold aria-checked:text-ink`}
          >
            {item.label}
          </ToggleGroup.Item>
        )
        return item.about === undefined && item.keys === undefined ? (
          segment
        ) : (
          <Tooltip
            key={item.id}
            text={item.about ?? item.label}
            {...(item.keys === undefined ? {} : { keys: item.keys })}
          >
            {segment}
          </Tooltip>
        )
      })}
    </ToggleGroup.Root>
  )
}
