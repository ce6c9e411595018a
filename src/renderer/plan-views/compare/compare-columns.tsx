import type { DataColumn } from '#renderer/kit/index.ts'
import type { PlanNode } from '#shared/plan/index.ts'
import { formatCountShort, formatDuration, formatFactor } from '#shared/units/index.ts'
import { type CompareRow, titleOfRow } from './compare-rows.ts'
import { NodeCell } from './node-cell.tsx'

/** @param rows in the order of the plan, which they are sorted by under `Node` */
export function compareColumns(rows: readonly CompareRow[]): readonly DataColumn<CompareRow>[] {
  const placeOf = new Map(rows.map(({ key }, place) => [key, place]))
  const largestMs = rows.reduce((most, row) => Math.max(most, Math.abs(changeOf(row) ?? 0)), 0)
  return [
    {
      id: 'node',
      title: 'Node',
      origin: 'of the plan after, in its order; what is gone is struck out',
      width: 'minmax(150px, 2fr)',
      sortBy: ({ key }) => placeOf.get(key),
      text: titleOfRow,
      render: (row) => <NodeCell row={row} />,
    },
    {
      id: 'before',
      title: 'Before',
      origin: 'own elapsed time in the plan before',
      width: '72px',
      numeric: true,
      sortBy: ({ before }) => before?.exclusiveMs,
      text: ({ before }) => time(before),
    },
    {
      id: 'after',
      title: 'After',
      origin: 'own elapsed time in the plan after',
      width: '72px',
      numeric: true,
      sortBy: ({ after }) => after?.exclusiveMs,
      text: ({ after }) => time(after),
    },
    {
      id: 'change',
      title: 'Change',
      origin: 'own time after less before',
      width: '78px',
      numeric: true,
      sortBy: changeOf,
      text: (row) => signedTime(changeOf(row)),
      render: (row) => <Change ms={changeOf(row)} largestMs={largestMs} />,
    },
    {
      id: 'rows',
      title: 'Rows',
      origin: 'rows that came: before → after',
      width: '96px',
      numeric: true,
      sortBy: ({ before, after }) => (after ?? before)?.totalRows ?? (after ?? before)?.planRows,
      text: (row) =>
        both(
          row,
          (node) => node.totalRows ?? node.planRows,
          (count) => formatCountShort(Math.round(count)),
        ),
    },
    {
      id: 'misestimate',
      spare: 2,
      title: 'Misestimate',
      origin: 'rows that came ÷ rows expected, or the reverse: before → after',
      width: '94px',
      numeric: true,
      sortBy: ({ before, after }) => (after ?? before)?.misestimate?.factor,
      text: (row) => both(row, (node) => node.misestimate?.factor, formatFactor),
    },
    {
      id: 'changes',
      title: 'What changed',
      origin: 'shape, index, conditions, estimates, workers, spills',
      width: 'minmax(96px, 1.4fr)',
      text: describe,
      render: (row) => (
        <span className="text-ink-2" title={describe(row)}>
          {describe(row)}
        </span>
      ),
    },
  ]
}

const time = (node: PlanNode | undefined): string =>
  node?.exclusiveMs === undefined
    ? node?.neverExecuted === true
      ? 'never ran'
      : ''
    : formatDuration(node.exclusiveMs)

function both(
  row: CompareRow,
  read: (node: PlanNode) => number | undefined,
  format: (figure: number) => string,
): string {
  const [a, b] = [row.before && read(row.before), row.after && read(row.after)].map((figure) =>
    figure === undefined ? undefined : format(figure),
  )
  if (a === b) return a ?? ''
  return row.before === undefined || row.after === undefined ? (a ?? b ?? '') : `${a ?? '–'} → ${b ?? '–'}`
}

/** What a line adds to the difference: a node that is gone took its time along. */
function changeOf({ pair, before, after }: CompareRow): number | undefined {
  if (pair?.exclusiveMsChange !== undefined) return pair.exclusiveMsChange
  if (before !== undefined && after !== undefined) return undefined
  if (after?.exclusiveMs !== undefined) return after.exclusiveMs
  return before?.exclusiveMs === undefined ? undefined : 0 - before.exclusiveMs
}

const signedTime = (ms: number | undefined): string =>
  ms === undefined ? '' : `${ms > 0 ? '+' : ms < 0 ? '−' : ''}${formatDuration(Math.abs(ms))}`

function Change({ ms, largestMs }: { readonly ms: number | undefined; readonly largestMs: number }) {
  if (ms === undefined || largestMs === 0) return null
  return (
    <div className="relative" title={`${ms.toFixed(3)} ms`}>
      <span
        aria-hidden
        className={`absolute inset-y-0 right-0 rounded-sm opacity-30 ${ms > 0 ? 'bg-bad' : 'bg-ok'}`}
        style={{ width: `${(Math.abs(ms) / largestMs) * 100}%` }}
      />
      <span className="relative">{signedTime(ms)}</span>
    </div>
  )
}

function describe({ pair, before, after }: CompareRow): string {
  if (pair !== undefined) return pair.changes.map((change) => change.text).join(' · ')
  return after === undefined ? `gone: ${before?.nodeType ?? ''}` : `new: ${after.nodeType}`
}
