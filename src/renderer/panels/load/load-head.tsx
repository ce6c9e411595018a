import { ToggleGroup } from 'radix-ui'
import { useRef } from 'react'
import { Select, Spinner, useWidth } from '#renderer/kit/index.ts'
import { RangeWords, ServerWords } from '#renderer/session-charts/index.ts'
import type { LoadDimension, ProcessChoice } from '#shared/activity/index.ts'
import { dimensionNames, showBy, useLoadState } from './load-state.ts'

/** Below this, the dimensions are a list that opens. */
const wideEnoughPx = 1_000

/** What is shown, of which time, and by what it is told apart. */
export function LoadHead({ isLoading }: { readonly isLoading: boolean }) {
  const bar = useRef<HTMLDivElement>(null)
  const width = useWidth(bar)
  const { by, processes } = useLoadState()
  return (
    <div ref={bar} className="flex h-(--bar) shrink-0 items-center gap-2 border-line border-b px-3">
      <h2 className="font-semibold">Load</h2>
      <span className="flex min-w-0" title="Average active sessions: how many were at work at once">
        <RangeWords />
      </span>
      <ServerWords />
      {isLoading && <Spinner />}
      <span className="flex-1" />
      <Select<ProcessChoice>
        label="Which processes count"
        value={processes}
        options={[
          { value: 'clients', label: 'clients', detail: 'and the workers that work for them' },
          { value: 'all', label: 'all processes', detail: 'autovacuum, WAL senders and others too' },
        ]}
        onChange={(choice) => useLoadState.setState({ processes: choice })}
      />
      {width >= wideEnoughPx ? (
        <Dimensions by={by} />
      ) : (
        <Select<LoadDimension>
          label="Load by"
          value={by}
          options={dimensionNames.map(([value, label]) => ({ value, label: `by ${label}` }))}
          onChange={showBy}
        />
      )}
    </div>
  )
}

function Dimensions({ by }: { readonly by: LoadDimension }) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="Load by"
      value={by}
      onValueChange={(next) => {
        // Clicking the chosen one again leaves it chosen.
        if (next !== '') showBy(next as LoadDimension)
      }}
      className="flex shrink-0 gap-1"
    >
      {dimensionNames.map(([dimension, name]) => (
        <ToggleGroup.Item
          key={dimension}
          value={dimension}
          className="h-6 rounded-full border border-line-strong px-2.5 text-ink-2 text-sm hover:bg-surface-2 hover:text-ink aria-checked:bg-surface-3 aria-checked:text-ink"
        >
          {name}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
