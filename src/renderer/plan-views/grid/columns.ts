import type { BufferBlocks, Exactness, MeasureId, Plan, PlanNode } from '#shared/plan/index.ts'
import {
  formatBytes,
  formatCount,
  formatCountShort,
  formatDuration,
  formatFactor,
} from '#shared/units/index.ts'

/** Own figures, or those of a node with everything below it. */
export type FigureScope = 'own' | 'inclusive'

/** A column of figures. */
export interface GridColumn {
  readonly id: string
  readonly title: string
  readonly widthPx: number
  /** Unit, source and formula, for whoever hovers the heading. */
  readonly origin: string
  readonly read: (node: PlanNode, scope: FigureScope) => number | undefined
  readonly format: (figure: number) => string
  /** How the figures of several nodes become one; absent where they don't. */
  readonly gather?: 'sum' | 'most'
  /** The measure that these are the figures of. */
  readonly measure?: MeasureId
  readonly exactness?: (node: PlanNode, scope: FigureScope) => Exactness | undefined
  /** Coloured by itself, whatever the measure. */
  readonly tone?: (figure: number) => 'warn' | 'bad' | 'quiet' | undefined
}

type BlockKey = keyof BufferBlocks

const blocks = (id: string, title: string, origin: string, ...keys: readonly BlockKey[]): GridColumn => ({
  id,
  title,
  widthPx: 62,
  origin: `${origin}; ${keys.map(rawKey).join(' + ')}`,
  read: (node, scope) => {
    const usage = scope === 'own' ? node.buffersExclusive : node.buffers
    return usage && keys.reduce((sum, key) => sum + usage[key], 0)
  },
  format: formatCountShort,
  gather: 'sum',
  exactness: (node, scope) => (scope === 'own' ? node.exactness.buffersExclusive : undefined),
})

/** `sharedHitBlocks` → `Shared Hit Blocks`. */
const rawKey = (key: BlockKey): string =>
  key.replace(/^./, (first) => first.toUpperCase()).replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`)

/** Every column there is, in their order. */
const allColumns: readonly GridColumn[] = [
  {
    id: 'exclusive',
    title: 'Own time',
    widthPx: 78,
    origin: 'Elapsed time of the node itself: inclusive less what ran inside it',
    read: (node) => node.exclusiveMs,
    format: formatDuration,
    gather: 'sum',
    measure: 'elapsed',
    exactness: (node) => node.exactness.exclusiveMs,
  },
  {
    id: 'inclusive',
    title: 'Inclusive',
    widthPx: 78,
    origin: 'Elapsed time with everything below: Actual Total Time × loops ÷ processes',
    read: (node) => node.inclusiveMs,
    format: formatDuration,
    exactness: (node) => node.exactness.inclusiveMs,
  },
  {
    id: 'work',
    title: 'Work',
    widthPx: 78,
    origin: 'Time summed over processes: Actual Total Time × loops',
    read: (node, scope) => (scope === 'own' ? node.exclusiveWorkMs : node.workMs),
    format: formatDuration,
    gather: 'sum',
    measure: 'work',
    exactness: (node, scope) => (scope === 'own' ? node.exactness.exclusiveWorkMs : node.exactness.workMs),
  },
  {
    id: 'startupCost',
    title: 'Startup cost',
    widthPx: 88,
    origin: 'The planner’s estimate before the first row, in units of seq_page_cost',
    read: (node) => node.startupCost,
    format: formatCountShort,
  },
  {
    id: 'cost',
    title: 'Total cost',
    widthPx: 80,
    origin: 'The planner’s estimate with everything below, in units of seq_page_cost',
    read: (node) => node.totalCost,
    format: formatCountShort,
    measure: 'cost',
  },
  {
    id: 'rows',
    title: 'Rows',
    widthPx: 76,
    origin: 'Rows it returned: Actual Rows × loops, over all processes',
    read: (node) => node.totalRows,
    format: (rows) => formatCount(Math.round(rows)),
    gather: 'sum',
    measure: 'rows',
    exactness: (node) => node.exactness.totalRows,
  },
  {
    id: 'planRows',
    title: 'Estimated',
    widthPx: 76,
    origin: 'Rows the planner expected: Plan Rows × loops, to stand beside the rows that came',
    read: (node) => node.planRows && node.planRows * (node.loops ?? 1),
    format: formatCountShort,
    gather: 'sum',
  },
  {
    id: 'misestimate',
    title: 'Misestimate',
    widthPx: 84,
    origin: 'Rows that came ÷ rows expected, or the reverse; on the same footing',
    read: (node) => node.misestimate?.factor,
    format: formatFactor,
    gather: 'most',
    measure: 'misestimate',
    tone: (factor) => (factor >= 20 ? 'bad' : factor >= 4 ? 'warn' : factor < 2 ? 'quiet' : undefined),
  },
  {
    id: 'removed',
    title: 'Thrown away',
    widthPx: 86,
    origin: 'Rows that filters and rechecks threw away: Rows Removed by … × loops',
    read: (node) =>
      node.rowsRemoved.length === 0
        ? undefined
        : node.rowsRemoved.reduce((sum, { totalRows }) => sum + totalRows, 0),
    format: (rows) => formatCountShort(Math.round(rows)),
    gather: 'sum',
  },
  {
    id: 'loops',
    title: 'Loops',
    widthPx: 62,
    origin: 'Actual Loops, over all processes',
    read: (node) => node.loops,
    format: formatCountShort,
    gather: 'sum',
  },
  {
    id: 'width',
    title: 'Width',
    widthPx: 58,
    origin: 'Plan Width: expected bytes a row',
    read: (node) => node.planWidthBytes,
    format: formatBytes,
  },
  {
    ...blocks('hit', 'Hit', 'Blocks found in shared or local buffers', 'sharedHitBlocks', 'localHitBlocks'),
  },
  {
    ...blocks('read', 'Read', 'Blocks not found in buffers', 'sharedReadBlocks', 'localReadBlocks'),
    measure: 'buffers',
  },
  { ...blocks('dirtied', 'Dirtied', 'Blocks changed', 'sharedDirtiedBlocks', 'localDirtiedBlocks') },
  {
    ...blocks(
      'written',
      'Written',
      'Blocks the statement itself had to write',
      'sharedWrittenBlocks',
      'localWrittenBlocks',
    ),
  },
  {
    id: 'io',
    title: 'I/O time',
    widthPx: 74,
    origin: 'Time in reads and writes, summed over processes (track_io_timing)',
    read: (node, scope) => {
      const times = scope === 'own' ? node.ioTimesExclusive : node.ioTimes
      return times && Object.values(times).reduce((sum: number, ms: number) => sum + ms, 0)
    },
    format: formatDuration,
    gather: 'sum',
    measure: 'io',
  },
  {
    ...blocks('temp', 'Temp', 'Temporary blocks', 'tempReadBlocks', 'tempWrittenBlocks'),
    measure: 'temp',
  },
  {
    id: 'wal',
    title: 'WAL',
    widthPx: 70,
    origin: 'WAL Bytes',
    read: (node, scope) => (scope === 'own' ? node.walExclusive : node.wal)?.walBytes,
    format: formatBytes,
    gather: 'sum',
    measure: 'wal',
  },
]

/** Columns that this plan has figures for. */
export function columnsOf(plan: Plan): readonly GridColumn[] {
  return allColumns.filter(({ read }) =>
    plan.nodes.some((node) => (read(node, 'inclusive') ?? read(node, 'own') ?? 0) > 0),
  )
}

const usual = ['exclusive', 'inclusive', 'rows', 'planRows', 'misestimate', 'loops', 'read', 'temp']
const usualUntimed = ['startupCost', 'cost', 'rows', 'planRows', 'misestimate', 'width']
/** What makes room where it is narrow, first the first. */
const spare = ['width', 'startupCost', 'temp', 'loops', 'planRows', 'inclusive']
/** Between columns. */
const gapPx = 10

/** The columns to show: those chosen by hand, else what answers most questions in the room there is. */
export function chooseColumns(
  plan: Plan,
  chosenIds: readonly string[] | undefined,
  /** Beside names and bars; 0 where it is not known yet. */
  roomPx: number,
): readonly GridColumn[] {
  const available = columnsOf(plan)
  if (chosenIds !== undefined) return available.filter(({ id }) => chosenIds.includes(id))
  const wanted = plan.timed ? usual : usualUntimed
  let fitting = available.filter(({ id }) => wanted.includes(id))
  for (const id of spare) {
    const neededPx = fitting.reduce((sum, { widthPx }) => sum + widthPx + gapPx, 0)
    if (roomPx === 0 || neededPx <= roomPx) break
    fitting = fitting.filter((column) => column.id !== id)
  }
  return fitting
}
