import { statementFigureNames } from '#shared/workload/index.ts'
import { statementColumns } from '../statement-columns.ts'
import type { StartKeeping } from './keeper.ts'
import { createNumbering } from './numbering.ts'

/**
 * One row for each reading of `pg_stat_statements`, whether anything had grown or not, and one for each entry that had:
 * a reading without rows is rest, no reading is a gap.
 */
export const keepStatementDeltas: StartKeeping<'statements'> = ({ outgoing, next }) => {
  const entries = createNumbering(next.statement_entries)
  const entryRows = outgoing.rows('statement_entries', {
    entry_no: 'number',
    query_id: 'text',
    database_name: 'text',
    user_name: 'text',
    is_top_level: 'number',
  })
  const ticks = outgoing.rows('statement_ticks', { sampled_at: 'number', period_ms: 'number' })
  const deltaRows = outgoing.rows('statement_deltas', {
    sampled_at: 'number',
    period_ms: 'number',
    entry_no: 'number',
    ...Object.fromEntries(statementFigureNames.map((name) => [statementColumns[name], 'number' as const])),
  })

  return ({ atMs, periodMs, deltas }) => {
    const sampledAtMs = Math.floor(atMs)
    const period = Math.round(periodMs)
    ticks.add(sampledAtMs, period)
    for (const { queryId, database, user, isTopLevel, figures } of deltas) {
      const entryNo = entries.of(`${queryId}\n${database}\n${user}\n${isTopLevel}`, (number) =>
        entryRows.add(number, queryId, database, user, isTopLevel ? 1 : 0),
      )
      deltaRows.add(sampledAtMs, period, entryNo, ...statementFigureNames.map((name) => figures[name]))
    }
  }
}
