import type { StatementFigure } from '#shared/workload/index.ts'

/** Where `statement_deltas` holds each figure. */
export const statementColumns: Readonly<Record<StatementFigure, string>> = {
  calls: 'calls',
  // `rows` is a word of SQL.
  rows: 'result_rows',
  executionMs: 'execution_ms',
  executionSquares: 'execution_squares',
  plans: 'plans',
  planningMs: 'planning_ms',
  sharedHitBlocks: 'shared_hit_blocks',
  sharedReadBlocks: 'shared_read_blocks',
  sharedDirtiedBlocks: 'shared_dirtied_blocks',
  sharedWrittenBlocks: 'shared_written_blocks',
  localReadBlocks: 'local_read_blocks',
  localWrittenBlocks: 'local_written_blocks',
  tempReadBlocks: 'temp_read_blocks',
  tempWrittenBlocks: 'temp_written_blocks',
  readMs: 'read_ms',
  writeMs: 'write_ms',
  tempReadMs: 'temp_read_ms',
  tempWriteMs: 'temp_write_ms',
  walRecords: 'wal_records',
  walBytes: 'wal_bytes',
  walBuffersFull: 'wal_buffers_full',
  jitMs: 'jit_ms',
  workersPlanned: 'workers_planned',
  workersLaunched: 'workers_launched',
  genericPlanCalls: 'generic_plan_calls',
  customPlanCalls: 'custom_plan_calls',
}
