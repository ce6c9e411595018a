import { Spark } from '#renderer/charts/index.ts'
import type { DataColumn } from '#renderer/kit/index.ts'
import { formatBytes, formatCount, formatDuration, formatFigureAligned } from '#shared/units/index.ts'
import type { ProcessRow } from './process-rows.ts'

const kinds = { server: 'server', workbench: 'workbench', watched: 'watched' } as const

const none = '–'
const show = (value: number | undefined, format: (value: number) => string): string =>
  value === undefined ? none : format(value)
const perSecond = (value: number): string => (value === 0 ? '0' : `${formatBytes(value)}/s`)

/** @param most cores of the busiest row: all sparks have its scale */
export function processColumns(most: number): readonly DataColumn<ProcessRow>[] {
  return [
    {
      id: 'name',
      title: 'Process',
      origin: 'Server processes by kind, from their titles; the workbench; process trees that you chose',
      width: 'minmax(120px, 1.6fr)',
      text: ({ name }) => name,
    },
    {
      id: 'kind',
      spare: 2,
      title: 'Of',
      origin: 'The server, the workbench, or a tree that you watch',
      width: '72px',
      text: ({ kind }) => kinds[kind],
      render: ({ kind }) => <span className="text-ink-3">{kinds[kind]}</span>,
    },
    {
      id: 'processes',
      title: 'Count',
      origin: 'Processes at the end of the range',
      width: '48px',
      numeric: true,
      sortBy: ({ processes }) => processes,
      text: ({ processes }) => show(processes, formatCount),
    },
    {
      id: 'cores',
      title: 'Cores',
      origin:
        'Time on a core ÷ time, over the range: /proc/<pid>/schedstat, of several threads /proc/<pid>/stat',
      width: 'minmax(118px, 1fr)',
      numeric: true,
      sortBy: ({ cores }) => cores,
      text: ({ cores }) => show(cores, formatFigureAligned),
      render: ({ cores, coresOverTime }) => (
        <span className="flex items-center justify-end gap-2">
          <Spark values={coresOverTime} colour="--wait-cpu" most={most} />
          <span className="w-10 shrink-0 text-right">{show(cores, formatFigureAligned)}</span>
        </span>
      ),
    },
    {
      id: 'waiting',
      spare: 1,
      title: 'Waiting',
      origin: 'Ready to run while no core was free, on average: /proc/<pid>/schedstat',
      width: '58px',
      numeric: true,
      sortBy: ({ waiting }) => waiting,
      text: ({ waiting }) => show(waiting, formatFigureAligned),
    },
    {
      id: 'private',
      title: 'Own memory',
      origin:
        'Memory that is nobody else’s, at the end of the range: /proc/<pid>/status RssAnon; of the workbench all that is resident',
      width: '84px',
      numeric: true,
      sortBy: ({ privateBytes }) => privateBytes,
      text: ({ privateBytes }) => show(privateBytes, formatBytes),
    },
    {
      id: 'shared',
      spare: 3,
      title: 'Shared',
      origin:
        'The most that one of them has touched of memory that others share (buffers, libraries): it counts once, not in each',
      width: '72px',
      numeric: true,
      sortBy: ({ sharedBytes }) => sharedBytes,
      text: ({ sharedBytes }) => show(sharedBytes, formatBytes),
    },
    {
      id: 'read',
      title: 'Disk reads',
      origin:
        'From disks, not from the page cache, over the range: /proc/<pid>/io read_bytes (as root or the same user)',
      width: '82px',
      numeric: true,
      sortBy: ({ readBytesPerSecond }) => readBytesPerSecond,
      text: ({ readBytesPerSecond }) => show(readBytesPerSecond, perSecond),
    },
    {
      id: 'written',
      title: 'Disk writes',
      origin: 'Over the range: /proc/<pid>/io write_bytes (as root or the same user)',
      width: '82px',
      numeric: true,
      sortBy: ({ writtenBytesPerSecond }) => writtenBytesPerSecond,
      text: ({ writtenBytesPerSecond }) => show(writtenBytesPerSecond, perSecond),
    },
    {
      id: 'threads',
      spare: 4,
      title: 'Threads',
      origin: 'Of all processes of the tree: /proc/<pid>/stat',
      width: '58px',
      numeric: true,
      sortBy: ({ threads }) => threads,
      text: ({ threads }) => show(threads, formatCount),
    },
    {
      id: 'delay',
      spare: 5,
      title: 'Loop delay',
      origin: 'How late the workbench’s own event loop was, p99 of a second',
      width: '72px',
      numeric: true,
      sortBy: ({ eventLoopDelayMs }) => eventLoopDelayMs,
      text: ({ eventLoopDelayMs }) => show(eventLoopDelayMs, formatDuration),
    },
  ]
}
