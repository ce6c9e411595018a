import type { Milliseconds } from '../units/index.ts'
import type { StatementFigures } from './model.ts'

export type StatementFigure = keyof StatementFigures

/** What a figure counts. */
export type FigureUnit = 'count' | 'ms' | 'ms²' | 'blocks' | 'bytes'

export interface FigureDefinition {
  /** As people read it. */
  readonly label: string
  readonly unit: FigureUnit
  /** Columns of `pg_stat_statements` that it comes from, by their newest names. */
  readonly source: string
}

const figure = (label: string, unit: FigureUnit, source: string): FigureDefinition => ({
  label,
  unit,
  source,
})

/**
 * Every figure of a statement, once: what it means, its unit, and where it comes from. The order is that of the
 * collector's columns and of the session's table.
 *
 * @source PostgreSQL manual, F.32 pg_stat_statements
 */
export const statementFigures = {
  calls: figure('Calls', 'count', 'calls'),
  rows: figure('Rows', 'count', 'rows'),
  executionMs: figure('Execution', 'ms', 'total_exec_time'),
  executionSquares: figure('Squares of execution times', 'ms²', 'mean_exec_time, stddev_exec_time, calls'),
  plans: figure('Plannings', 'count', 'plans'),
  planningMs: figure('Planning', 'ms', 'total_plan_time'),
  sharedHitBlocks: figure('Shared blocks found in cache', 'blocks', 'shared_blks_hit'),
  sharedReadBlocks: figure('Shared blocks read', 'blocks', 'shared_blks_read'),
  sharedDirtiedBlocks: figure('Shared blocks dirtied', 'blocks', 'shared_blks_dirtied'),
  sharedWrittenBlocks: figure('Shared blocks written', 'blocks', 'shared_blks_written'),
  localReadBlocks: figure('Blocks of temporary tables read', 'blocks', 'local_blks_read'),
  localWrittenBlocks: figure('Blocks of temporary tables written', 'blocks', 'local_blks_written'),
  tempReadBlocks: figure('Temporary blocks read', 'blocks', 'temp_blks_read'),
  tempWrittenBlocks: figure('Temporary blocks written', 'blocks', 'temp_blks_written'),
  readMs: figure('Reading', 'ms', 'shared_blk_read_time + local_blk_read_time'),
  writeMs: figure('Writing', 'ms', 'shared_blk_write_time + local_blk_write_time'),
  tempReadMs: figure('Reading temporary blocks', 'ms', 'temp_blk_read_time'),
  tempWriteMs: figure('Writing temporary blocks', 'ms', 'temp_blk_write_time'),
  walRecords: figure('WAL records', 'count', 'wal_records'),
  walBytes: figure('WAL', 'bytes', 'wal_bytes'),
  walBuffersFull: figure('WAL buffers full', 'count', 'wal_buffers_full'),
  jitMs: figure(
    'Just-in-time compilation',
    'ms',
    'jit_generation_time + jit_inlining_time + jit_optimization_time + jit_emission_time',
  ),
  workersPlanned: figure('Parallel workers planned', 'count', 'parallel_workers_to_launch'),
  workersLaunched: figure('Parallel workers started', 'count', 'parallel_workers_launched'),
  genericPlanCalls: figure('Calls with a generic plan', 'count', 'generic_plan_calls'),
  customPlanCalls: figure('Calls with a custom plan', 'count', 'custom_plan_calls'),
} as const satisfies Readonly<Record<StatementFigure, FigureDefinition>>

/** The figures' names, in the order of `statementFigures`. */
export const statementFigureNames = Object.keys(statementFigures) as readonly StatementFigure[]

/** Time of one call; absent where nothing was called. */
export function meanExecutionMs(
  figures: Pick<StatementFigures, 'calls' | 'executionMs'>,
): Milliseconds | undefined {
  return figures.calls > 0 ? figures.executionMs / figures.calls : undefined
}

/** How much the calls' times differ: their standard deviation; absent where fewer than two were called. */
export function deviationMs(
  figures: Pick<StatementFigures, 'calls' | 'executionMs' | 'executionSquares'>,
): Milliseconds | undefined {
  if (figures.calls < 2) return undefined
  const mean = figures.executionMs / figures.calls
  return Math.sqrt(Math.max(0, figures.executionSquares / figures.calls - mean * mean))
}

/** Sums of figures; one that nobody has stays absent. */
export function addFigures(all: readonly StatementFigures[]): StatementFigures | undefined {
  if (all.length <= 1) return all[0]
  const sums: Partial<Record<StatementFigure, number>> = {}
  for (const figures of all) {
    for (const name of statementFigureNames) {
      const value = figures[name]
      if (value !== undefined) sums[name] = (sums[name] ?? 0) + value
    }
  }
  return sums as StatementFigures
}
