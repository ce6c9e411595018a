import type { DataColumn } from '#renderer/kit/index.ts'
import type { StatementGroup } from '#shared/logs/index.ts'
import { formatCount, formatDuration, type Milliseconds } from '#shared/units/index.ts'

/** A time of the calls whose time was logged; nothing where none was. */
const ofCalls = (read: (group: StatementGroup) => Milliseconds) => ({
  numeric: true,
  sortBy: (group: StatementGroup) => (group.calls === 0 ? undefined : read(group)),
  text: (group: StatementGroup) => (group.calls === 0 ? '' : formatDuration(read(group))),
})

/** @param largestMs what a bar of full width stands for */
export function groupColumns(largestMs: Milliseconds): readonly DataColumn<StatementGroup>[] {
  return [
    {
      id: 'total',
      title: 'Total',
      origin: 'all executions that the log tells the time of, parse and bind included',
      width: '84px',
      numeric: true,
      sortBy: ({ totalMs }) => totalMs,
      text: ({ totalMs }) => formatDuration(totalMs),
      render: ({ totalMs }) => (
        <div className="relative">
          <span
            aria-hidden
            className="absolute inset-y-0 right-0 rounded-sm bg-accent opacity-20"
            style={{ width: `${largestMs === 0 ? 0 : (totalMs / largestMs) * 100}%` }}
          />
          <span className="relative">{formatDuration(totalMs)}</span>
        </div>
      ),
    },
    {
      id: 'calls',
      title: 'Calls',
      origin: 'executions whose time was logged',
      width: '60px',
      numeric: true,
      sortBy: ({ calls }) => calls,
      text: ({ calls }) => formatCount(calls),
    },
    {
      id: 'mean',
      title: 'Mean',
      origin: 'time ÷ calls',
      width: '76px',
      ...ofCalls(({ meanMs }) => meanMs),
    },
    {
      id: 'p95',
      title: 'p95',
      origin: '95 of 100 took at most so long; right to about a twentieth',
      width: '76px',
      ...ofCalls(({ p95Ms }) => p95Ms),
    },
    {
      id: 'max',
      title: 'Max',
      origin: 'the slowest execution',
      width: '76px',
      ...ofCalls(({ maxMs }) => maxMs),
    },
    {
      id: 'plans',
      title: 'Plans',
      origin: 'plans that auto_explain logged',
      width: '56px',
      numeric: true,
      sortBy: ({ planCount }) => planCount,
      text: ({ planCount }) => (planCount === 0 ? '' : formatCount(planCount)),
    },
    {
      id: 'statement',
      title: 'Statement',
      origin: 'its shape: literals, lists and comments folded',
      width: 'minmax(180px, 1fr)',
      text: ({ text }) => text,
      render: ({ text }) => (
        <span className="font-mono text-sm" title={text.slice(0, 2_000)}>
          {text.slice(0, 400)}
        </span>
      ),
    },
  ]
}
