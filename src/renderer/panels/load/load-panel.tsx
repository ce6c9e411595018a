import { ChartArea, TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import { type ChartSpec, TimeChart } from '#renderer/charts/index.ts'
import { describeError } from '#renderer/client/index.ts'
import { Button, Spinner, Split, SplitHandle, SplitPane } from '#renderer/kit/index.ts'
import { Limits, NothingRecorded, useLimits } from '#renderer/limits/index.ts'
import {
  type LoadFilter,
  sessionActions,
  sessionRange,
  useChartMarks,
  useLoadChart,
} from '#renderer/session-charts/index.ts'
import { newestTickDrawn, pointed, useHasRecorded, useSplitLayout } from '#renderer/state/index.ts'
import { formatFigure } from '#shared/units/index.ts'
import { Chips } from './chips.tsx'
import { LoadHead } from './load-head.tsx'
import { nameOfDimension, useLoadState } from './load-state.ts'
import { MetricGrid } from './metric-grid.tsx'
import { Ranking } from './ranking.tsx'
import { useLoadCommands } from './use-load-commands.ts'

/** Where the server's time goes: sessions at work, by what they wait for or by whom they are; and what goes with it. */
export function LoadPanel() {
  const hasRecorded = useHasRecorded()
  useLoadCommands(hasRecorded === true)
  if (hasRecorded === undefined)
    return (
      <div className="grid h-full place-items-center text-ink-3">
        <Spinner />
      </div>
    )
  return hasRecorded ? (
    <Recorded />
  ) : (
    <NothingRecorded icon={ChartArea} shows="where its time goes, ten times a second" />
  )
}

function Recorded() {
  const { chips, processes, by } = useLoadState()
  const filter = useMemo<LoadFilter>(
    () => ({
      processes,
      ...(chips.length === 0
        ? {}
        : { keys: chips.map(({ by: dimension, key }) => ({ by: dimension, key })) }),
    }),
    [chips, processes],
  )
  const { source, series, asked } = useLoadChart(by, filter)
  const marks = useChartMarks()
  const cores = asked.answer?.cores
  const spec = useMemo<ChartSpec>(
    () => ({
      label: `Load by ${nameOfDimension(by)}`,
      series,
      source,
      shape: 'stack',
      format: formatFigure,
      unit: ['active session', 'active sessions'],
      ...(cores === undefined
        ? {}
        : { level: { value: cores, label: cores === 1 ? '1 core' : `${cores} cores` } }),
      marks,
      range: sessionRange,
      pointer: pointed,
      provenance: {
        source: 'pg_stat_activity',
        formula: 'average active sessions: sessions at work × time ÷ time',
      },
      wheelZooms: true,
      onDrawn: newestTickDrawn,
    }),
    [by, series, source, cores, marks],
  )
  return (
    <section aria-label="Load" className="flex h-full min-h-0 flex-col">
      <LoadHead isLoading={asked.isLoading} />
      <Limits limits={useLimits(['activity'])} />
      <Chips />
      {asked.error !== undefined && <Failed error={asked.error} onAgain={asked.askAgain} />}
      <Split direction="rows" className="min-h-0 flex-1" {...useSplitLayout('load.main')}>
        <SplitPane id="chart" size="42%" min={130}>
          <TimeChart spec={spec} actions={sessionActions} className="flex-1 px-3 pt-1" />
        </SplitPane>
        <SplitHandle label="Height of the chart" />
        <SplitPane id="below" min={140}>
          <Split direction="columns" className="min-h-0 flex-1" {...useSplitLayout('load.below')}>
            <SplitPane id="ranking" size="44%" min={260}>
              <Ranking filter={filter} layers={series} />
            </SplitPane>
            <SplitHandle label="Width of the table" />
            <SplitPane id="metrics" min={240}>
              <MetricGrid />
            </SplitPane>
          </Split>
        </SplitPane>
      </Split>
    </section>
  )
}

function Failed({ error, onAgain }: { readonly error: unknown; readonly onAgain: () => void }) {
  const { title, message, advice } = describeError(error)
  return (
    <p role="alert" className="flex items-center gap-2 border-line border-b px-3 py-1 text-sm text-warn">
      <TriangleAlert size={14} aria-hidden className="shrink-0" />
      <span className="min-w-0 flex-1 truncate" title={[message, advice].join(' ')}>
        {title}: {message}
      </span>
      <Button onClick={onAgain}>Ask again</Button>
    </p>
  )
}
