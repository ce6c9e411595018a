import type { TimeRange } from '#shared/series/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import { type StatementFigure, type StatementFigures, statementFigureNames } from '#shared/workload/index.ts'
import type { Database } from '../../database.ts'
import { type RowReader, readRow } from '../../row-reader.ts'
import { statementColumns } from '../statement-columns.ts'
import { moment } from './span.ts'

/**
 * Readings that belong to a range: those whose span has its middle there, and for a range within one span that one.
 * They are counted whole, so that calls stay whole.
 */
export function readingsWithin({ fromMs, toMs }: TimeRange): string {
  const middle = 'sampled_at - to_milliseconds(period_ms / 2)'
  return `((${middle} >= ${moment(fromMs)} AND ${middle} < ${moment(toMs)})
    OR (sampled_at - to_milliseconds(period_ms) <= ${moment(fromMs)} AND sampled_at >= ${moment(toMs)}))`
}

/** Sums of figures, for a SELECT; one that no reading has is NULL. */
export function figureSums(names: readonly StatementFigure[] = statementFigureNames): string {
  return names.map((name) => `sum(${statementColumns[name]})::DOUBLE AS ${statementColumns[name]}`).join(', ')
}

/** Figures that are more than zero somewhere within the range: most servers have half of them. */
export async function readFiguresInUse(
  database: Database,
  range: TimeRange,
): Promise<readonly StatementFigure[]> {
  const isUsed = statementFigureNames.map(
    (name) => `coalesce(max(${statementColumns[name]}) > 0, false) AS ${statementColumns[name]}`,
  )
  const [row] = await database.rows(
    `SELECT ${isUsed.join(', ')} FROM statement_deltas WHERE ${readingsWithin(range)}`,
  )
  const reader = readRow(row ?? {})
  return statementFigureNames.filter((name) => reader.flag(statementColumns[name]))
}

export function figuresOfRow(row: RowReader): StatementFigures {
  const figures: Partial<Record<StatementFigure, number>> = {}
  for (const name of statementFigureNames) {
    const value = row.optionalNumber(statementColumns[name])
    if (value !== undefined) figures[name] = value
  }
  return figures as StatementFigures
}

/** Time that the range's readings are of; nothing = there are none. */
export async function readFiguresMs(database: Database, range: TimeRange): Promise<Milliseconds> {
  const [row] = await database.rows(
    `SELECT coalesce(sum(period_ms), 0)::DOUBLE AS counted_ms FROM statement_ticks WHERE ${readingsWithin(range)}`,
  )
  return row === undefined ? 0 : readRow(row).number('counted_ms')
}

/** Which readings a range has: the same key says that they are the same. */
export async function readReadings(
  database: Database,
  range: TimeRange,
): Promise<{ readonly key: string; readonly figuresMs: Milliseconds }> {
  const [row] = await database.rows(
    `SELECT coalesce(sum(period_ms), 0)::DOUBLE AS counted_ms,
       concat_ws(' ', count(*), epoch_ms(min(sampled_at)), epoch_ms(max(sampled_at)), sum(period_ms)) AS readings
     FROM statement_ticks WHERE ${readingsWithin(range)}`,
  )
  const reader = readRow(row ?? {})
  return { key: reader.text('readings'), figuresMs: reader.number('counted_ms') }
}
