import type { ReactNode } from 'react'
import type { PlanNode, WorkerFigures } from '#shared/plan/index.ts'
import { formatBytes, formatCountShort, formatDuration } from '#shared/units/index.ts'

interface WorkerColumn {
  readonly title: string
  readonly origin: string
  readonly read: (worker: WorkerFigures) => number | undefined
  readonly format: (figure: number) => string
}

const columns: readonly WorkerColumn[] = [
  {
    title: 'Time',
    origin: 'Actual Total Time × loops',
    read: ({ workMs }) => workMs,
    format: formatDuration,
  },
  {
    title: 'Rows',
    origin: 'Actual Rows × loops',
    read: ({ actualRows, loops }) => actualRows && actualRows * (loops ?? 1),
    format: (rows) => formatCountShort(Math.round(rows)),
  },
  { title: 'Loops', origin: 'Actual Loops', read: ({ loops }) => loops, format: formatCountShort },
  {
    title: 'Hit',
    origin: 'Shared Hit Blocks, with everything below',
    read: ({ buffers }) => buffers?.sharedHitBlocks,
    format: formatCountShort,
  },
  {
    title: 'Read',
    origin: 'Shared Read Blocks, with everything below',
    read: ({ buffers }) => buffers?.sharedReadBlocks,
    format: formatCountShort,
  },
  {
    title: 'Sort',
    origin: 'Sort Space Used',
    read: ({ sort }) => sort?.spaceBytes,
    format: formatBytes,
  },
]

/** What each worker did, as VERBOSE reports it; what the leader did is what is left of the node. */
export function WorkerTable({ node }: { readonly node: PlanNode }) {
  const told = columns.filter(({ read }) => node.workers.some((worker) => read(worker) !== undefined))
  const leader = leaderOf(node)
  return (
    <table className="w-full select-text text-sm">
      <thead className="text-ink-3 text-xs">
        <tr>
          <th scope="col" className="text-left font-normal">
            <span className="sr-only">Process</span>
          </th>
          {told.map(({ title, origin }) => (
            <th key={title} scope="col" title={origin} className="pl-2 text-right font-normal">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {leader !== undefined && (
          <WorkerRow name="leader" title="the node’s figures less its workers’" told={told} worker={leader} />
        )}
        {node.workers.map((worker) => (
          <WorkerRow
            key={worker.workerNumber}
            name={`worker ${worker.workerNumber}`}
            told={told}
            worker={worker}
          />
        ))}
      </tbody>
    </table>
  )
}

interface WorkerRowProps {
  readonly name: string
  readonly title?: string
  readonly told: readonly WorkerColumn[]
  readonly worker: WorkerFigures
}

function WorkerRow({ name, title, told, worker }: WorkerRowProps): ReactNode {
  return (
    <tr title={title}>
      <th scope="row" className="whitespace-nowrap text-left font-normal text-ink-2">
        {name}
      </th>
      {told.map(({ title: column, read, format }) => {
        const figure = read(worker)
        return (
          <td
            key={column}
            title={figure === undefined ? undefined : String(figure)}
            className="pl-2 text-right"
          >
            {figure === undefined ? '' : format(figure)}
          </td>
        )
      })}
    </tr>
  )
}

/** The leader is not listed: it did what the node's totals have beyond its workers. */
function leaderOf(node: PlanNode): WorkerFigures | undefined {
  const loops = (node.loops ?? 0) - sum(node.workers.map((worker) => worker.loops ?? 0))
  if (loops < 1 || node.workMs === undefined || node.totalRows === undefined) return undefined
  const workMs = Math.max(0, node.workMs - sum(node.workers.map((worker) => worker.workMs ?? 0)))
  const rows = Math.max(
    0,
    node.totalRows -
      sum(node.workers.map(({ actualRows, loops: turns }) => (actualRows ?? 0) * (turns ?? 1))),
  )
  return {
    workerNumber: -1,
    loops,
    actualRows: rows / loops,
    workMs,
    buffers: undefined,
    sort: undefined,
  }
}

const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0)
