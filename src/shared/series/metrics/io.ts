import { counter, type MetricUnit } from '../define.ts'

const of = (label: string, unit: MetricUnit, column: string) =>
  counter(label, unit, `pg_stat_io.${column} (16+)`, ['backendType', 'object', 'context'])

/** Reads and writes by who did them, on what, and why. Operations are the server's calls, of one or more blocks. */
export const ioMetrics = {
  'io.reads': of('Reads', 'count', 'reads'),
  'io.read-bytes': of('Bytes read', 'bytes', 'read_bytes, reads × op_bytes'),
  'io.read-ms': of('Time reading', 'ms', 'read_time'),
  'io.writes': of('Writes', 'count', 'writes'),
  'io.write-bytes': of('Bytes written', 'bytes', 'write_bytes, writes × op_bytes'),
  'io.write-ms': of('Time writing', 'ms', 'write_time'),
  'io.writebacks': of('Blocks the kernel was asked to write out', 'blocks', 'writebacks'),
  'io.writeback-ms': of('Time asking the kernel to write out', 'ms', 'writeback_time'),
  'io.extends': of('Relations made longer', 'count', 'extends'),
  'io.extend-bytes': of('Bytes that relations grew by', 'bytes', 'extend_bytes, extends × op_bytes'),
  'io.extend-ms': of('Time making relations longer', 'ms', 'extend_time'),
  'io.hits': of('Blocks found in a buffer', 'blocks', 'hits'),
  'io.evictions': of('Buffers taken from another block', 'blocks', 'evictions'),
  'io.reuses': of('Ring buffers used again', 'blocks', 'reuses'),
  'io.fsyncs': of('fsync calls', 'count', 'fsyncs'),
  'io.fsync-ms': of('Time in fsync', 'ms', 'fsync_time'),
} as const
