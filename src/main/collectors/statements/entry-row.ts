import type { TextValue } from '#main/targets/index.ts'
import { type StatementFigure, type StatementFigures, statementFigureNames } from '#shared/workload/index.ts'

/** A row of one of the `entries-….sql`. */
export interface EntryRow {
  readonly userOid: string
  readonly databaseOid: string
  readonly queryId: string
  readonly entryHash: string
  readonly isTopLevel: boolean
  readonly since?: string
  /** Also where plannings are no figure. */
  readonly callsAndPlans: number
  readonly counters: StatementFigures
}

/** Tells an entry from all others. */
export function entryId(row: Pick<EntryRow, 'userOid' | 'databaseOid' | 'queryId' | 'isTopLevel'>): string {
  return `${row.userOid} ${row.databaseOid} ${row.queryId} ${row.isTopLevel ? 't' : 'f'}`
}

/**
 * Reads a row: behind what tells the entry come the figures, in the order of `statementFigures`. What the server's version has no column for is absent; so are plannings where they are not counted.
 */
export function parseEntryRow(row: readonly TextValue[], countsPlanning: boolean): EntryRow {
  const [userOid, databaseOid, queryId, entryHash, topLevel, since, ...figures] = row
  const counters: Partial<Record<StatementFigure, number>> = {}
  statementFigureNames.forEach((name, index) => {
    const text = figures[index]
    const isCounted = countsPlanning || (name !== 'plans' && name !== 'planningMs')
    if (text !== null && text !== undefined && isCounted) counters[name] = Number(text)
  })
  return {
    userOid: userOid ?? '',
    databaseOid: databaseOid ?? '',
    queryId: queryId ?? '',
    entryHash: entryHash ?? '',
    isTopLevel: topLevel === 't',
    ...(since === null || since === undefined ? {} : { since }),
    callsAndPlans: (counters.calls ?? 0) + Number(figures[statementFigureNames.indexOf('plans')] ?? 0),
    counters: counters as StatementFigures,
  }
}
