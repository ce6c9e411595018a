import { titleOf } from '../derive/title.ts'
import type { Exactness, Plan, PlanNode } from '../plan-types.ts'

/** Compact text of a derived plan, for people who review tests: one line a node, figures in columns. */

const marks: Readonly<Record<Exactness, string>> = { exact: '', bounded: '±', estimated: '~' }

function cell(value: number | undefined, exactness?: Exactness): string {
  if (value === undefined) return '-'
  return `${marks[exactness ?? 'exact']}${Number.isInteger(value) ? value.toFixed(0) : value.toFixed(3).replace(/0+$/, '')}`
}

type Column = (node: PlanNode) => string

function dump(plan: Plan, columns: readonly Column[]): string {
  const rows = plan.nodes.map((node) => {
    const name = node.subplanName === undefined ? '' : `${node.subplanName}: `
    const label = `${'  '.repeat(node.depth)}${name}${titleOf(node).text}`
    return [label, ...columns.map((column) => column(node))]
  })
  const widths = [...columns, undefined].map((_, at) =>
    rows.reduce((most, row) => Math.max(most, row[at]?.length ?? 0), 0),
  )
  return rows
    .map((row) =>
      row
        .map((text, at) => (at === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[at] ?? 0)))
        .join('  '),
    )
    .join('\n')
}

/** Inclusive and exclusive elapsed milliseconds; `~` marks estimates, `±` intervals, `-` what never ran. */
export function dumpTimes(plan: Plan): string {
  return dump(plan, [
    (node) => cell(node.inclusiveMs, node.exactness.inclusiveMs),
    (node) => cell(node.exclusiveMs, node.exactness.exclusiveMs),
  ])
}

/** Processes, work and exclusive work in milliseconds. */
export function dumpWork(plan: Plan): string {
  return dump(plan, [
    (node) => cell(node.processes),
    (node) => cell(node.workMs, node.exactness.workMs),
    (node) => cell(node.exclusiveWorkMs, node.exactness.exclusiveWorkMs),
  ])
}

/** Planned rows, actual rows per loop, total rows with their interval, and the misestimate. */
export function dumpRows(plan: Plan): string {
  return dump(plan, [
    (node) => cell(node.planRows),
    (node) => cell(node.actualRows),
    (node) => {
      const range = node.totalRowsRange
      return range === undefined
        ? cell(node.totalRows)
        : `${cell(node.totalRows)} [${cell(range.low)}, ${cell(range.high)}]`
    },
    (node) => {
      const rating = node.misestimate
      if (rating === undefined) return '-'
      return rating.direction === 'none'
        ? '1×'
        : `${cell(rating.factor, rating.exactness)}× ${rating.direction}`
    },
  ])
}

/** Shared blocks hit and read: inclusive, then the node's own. */
export function dumpBuffers(plan: Plan): string {
  const blocks = (buffers: PlanNode['buffers']): string =>
    buffers === undefined ? '-' : `${cell(buffers.sharedHitBlocks)}+${cell(buffers.sharedReadBlocks)}`
  return dump(plan, [(node) => blocks(node.buffers), (node) => blocks(node.buffersExclusive)])
}
