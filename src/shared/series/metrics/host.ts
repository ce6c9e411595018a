import { counter, gauge, type MetricDefinition } from '../define.ts'

/**
 * The machine that the server runs on, the server's processes, the workbench's own, and processes that the user chose.
 *
 * Times on a processor are counters in milliseconds: as a rate they are milliseconds a second, a thousand of which are
 * one core.
 */
export const hostMetrics = {
  'host.cores': gauge('Cores', 'count', '/proc/stat cpu<n>'),
  'host.cpu-ms': counter('Core time', 'ms', '/proc/stat cpu<n>', ['core', 'mode']),
  'host.run-queue': gauge('Tasks on a core or waiting for one', 'count', '/proc/stat procs_running'),
  'host.blocked-tasks': gauge('Tasks waiting for a disk', 'count', '/proc/stat procs_blocked'),
  'host.load-average': gauge('Load average over one minute', 'count', '/proc/loadavg'),
  'host.context-switches': counter('Context switches', 'count', '/proc/stat ctxt'),
  'host.memory-bytes': gauge('Memory', 'bytes', '/proc/meminfo', ['part']),
  'host.swapped-bytes': counter('Swapped', 'bytes', '/proc/vmstat pswpin, pswpout', ['direction']),
  'host.pressure-ms': counter('Time stalled', 'ms', '/proc/pressure total', ['resource', 'who']),
  'host.disk-operations': counter('Disk operations', 'count', '/proc/diskstats', ['disk', 'direction']),
  'host.disk-bytes': counter('Disk bytes', 'bytes', '/proc/diskstats', ['disk', 'direction']),
  'host.disk-operation-ms': counter('Time of disk operations, summed', 'ms', '/proc/diskstats', [
    'disk',
    'direction',
  ]),
  'host.disk-busy-ms': counter('Time with operations under way', 'ms', '/proc/diskstats io_ticks', ['disk']),
  'host.disk-queue-ms': counter('Operations under way × time', 'ms', '/proc/diskstats time_in_queue', [
    'disk',
  ]),
  'host.network-bytes': counter('Network bytes', 'bytes', '/proc/net/dev', ['interface', 'direction']),
  'host.network-packets': counter('Network packets', 'count', '/proc/net/dev', ['interface', 'direction']),
  'host.network-losses': counter('Packets lost or broken', 'count', '/proc/net/dev errs, drop', [
    'interface',
    'direction',
  ]),
  'host.filesystem-bytes': gauge('File systems of the server', 'bytes', 'statvfs()', ['place', 'part']),
  'host.cgroup-cores': gauge('Cores that the container may use', 'count', 'cgroup cpu.max'),
  'host.cgroup-memory-bytes': gauge('Memory of the container', 'bytes', 'cgroup memory.current, memory.max', [
    'part',
  ]),
  'host.cgroup-throttled-ms': counter(
    'Time the container was held back',
    'ms',
    'cgroup cpu.stat throttled_usec',
  ),

  'server.processes': gauge('Server processes', 'count', '/proc/<pid>/cmdline', ['type']),
  'server.cpu-ms': counter('Core time of the server', 'ms', '/proc/<pid>/schedstat', ['type']),
  'server.cpu-wait-ms': counter('Time waited for a core', 'ms', '/proc/<pid>/schedstat', ['type']),
  'server.private-bytes': gauge('Memory of its own', 'bytes', '/proc/<pid>/status RssAnon', ['type']),
  'server.shared-bytes': gauge(
    'Shared memory touched, the most of one',
    'bytes',
    '/proc/<pid>/status RssShmem',
    ['type'],
  ),
  'server.disk-bytes': counter('Bytes from and to disks', 'bytes', '/proc/<pid>/io', ['type', 'direction']),

  'workbench.cpu-ms': counter('Core time of the workbench', 'ms', 'getrusage()'),
  'workbench.resident-bytes': gauge('Memory of the workbench', 'bytes', 'getrusage()'),
  'workbench.event-loop-delay-ms': gauge('Delay of the event loop, p99', 'ms', 'perf_hooks'),

  'process.count': gauge('Processes of the tree', 'count', '/proc/<pid>/stat', ['watch']),
  'process.cpu-ms': counter('Core time of the tree', 'ms', '/proc/<pid>/stat', ['watch']),
  'process.threads': gauge('Threads of the tree', 'count', '/proc/<pid>/status Threads', ['watch']),
  'process.memory-bytes': gauge('Memory of the tree', 'bytes', '/proc/<pid>/status', ['watch', 'part']),
  'process.io-bytes': counter('Bytes read and written', 'bytes', '/proc/<pid>/io', ['watch', 'direction']),
} as const satisfies Readonly<Record<string, MetricDefinition>>
