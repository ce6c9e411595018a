import { useSyncExternalStore } from 'react'
import type { ChartSpec } from './model.ts'
import { formatClock } from './time-labels.ts'

/** A row for each point would be more than anybody reads; the whole of it is one copy away. */
const mostRows = 200

/** The chart's figures as rows, the newest first: what screen readers and doubters read. */
export function ChartTable({ spec }: { readonly spec: ChartSpec }) {
  useSyncExternalStore(spec.source.subscribe, () => Math.floor((spec.source.read().atMs.at(-1) ?? 0) / 1_000))
  const { atMs, values } = spec.source.read()
  const { fromMs, toMs } = spec.range.get()
  const indices = atMs
    .flatMap((moment, index) => (moment >= fromMs && moment <= toMs ? [index] : []))
    .toReversed()
    .filter((index) => values.some((row) => typeof row[index] === 'number'))
  return (
    <div tabIndex={0} className="min-h-0 flex-1 overflow-auto pr-8 text-sm">
      <table className="w-full" aria-label={spec.label}>
        <thead className="sticky top-0 bg-surface-1 text-xs text-ink-3">
          <tr>
            <th scope="col" className="px-2 py-0.5 text-left font-normal">
              Time
            </th>
            {spec.series.map(({ key, label }) => (
              <th key={key} scope="col" className="max-w-40 truncate px-2 py-0.5 text-right font-normal">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {indices.slice(0, mostRows).map((index) => (
            <tr key={atMs[index]} className="border-t border-line">
              <th scope="row" className="px-2 text-left font-normal text-ink-2">
                {formatClock(atMs[index] ?? 0)}
              </th>
              {spec.series.map(({ key }, at) => {
                const value = values[at]?.[index]
                return (
                  <td key={key} className="px-2 text-right">
                    {typeof value === 'number' ? spec.format(value) : '–'}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {indices.length > mostRows && (
        <p className="px-2 py-1 text-ink-3">
          and {indices.length - mostRows} earlier; “Copy as TSV” holds them all
        </p>
      )}
    </div>
  )
}
