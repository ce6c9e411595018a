import type { StatementRanking, StatementRow } from '#shared/contract/index.ts'
import type { StatementFigure, StatementFigures } from '#shared/workload/index.ts'

/** A row of the ranking, its figures by name. */
export interface ListedStatement extends Omit<StatementRow, 'figures'> {
  readonly figures?: StatementFigures
}

/** The ranking's rows; figures come as bare numbers, as there are thousands of them. */
export function listStatements({ rows, figureNames }: StatementRanking): readonly ListedStatement[] {
  return rows.map(({ figures, ...row }) =>
    figures === undefined ? row : { ...row, figures: nameFigures(figureNames, figures) },
  )
}

function nameFigures(names: readonly StatementFigure[], values: readonly number[]): StatementFigures {
  const figures: Partial<Record<StatementFigure, number>> = {}
  names.forEach((name, index) => {
    figures[name] = values[index] ?? 0
  })
  return { ...nothing, ...figures }
}

/** What is not told is zero everywhere. */
const nothing: StatementFigures = {
  calls: 0,
  rows: 0,
  executionMs: 0,
  executionSquares: 0,
  sharedHitBlocks: 0,
  sharedReadBlocks: 0,
  sharedDirtiedBlocks: 0,
  sharedWrittenBlocks: 0,
  localReadBlocks: 0,
  localWrittenBlocks: 0,
  tempReadBlocks: 0,
  tempWrittenBlocks: 0,
  readMs: 0,
  writeMs: 0,
  walRecords: 0,
  walBytes: 0,
}

/** In one line: `312 statements · 4.2 average active sessions`. */
export function summariseRanking(ranking: StatementRanking): string {
  const { rows, more, averageSessions, figuresMs, sampledMs } = ranking
  const all = rows.length + more
  const statements = `${all.toLocaleString('en-US')} ${all === 1 ? 'statement' : 'statements'}`
  const parts = [more > 0 ? `the first ${rows.length.toLocaleString('en-US')} of ${statements}` : statements]
  if (sampledMs > 0) parts.push(`${averageSessions.toFixed(2)} average active sessions`)
  if (figuresMs > 0) parts.push(`counted over ${formatSpan(figuresMs)}`)
  return parts.join(' · ')
}

function formatSpan(ms: number): string {
  const seconds = Math.round(ms / 1_000)
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}
