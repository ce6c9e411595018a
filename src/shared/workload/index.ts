export {
  addFigures,
  deviationMs,
  type FigureUnit,
  meanExecutionMs,
  type StatementFigure,
  statementFigureNames,
  statementFigures,
} from './figures.ts'
export * from './model.ts'
export { isOwnStatement, markAsOwn, ownStatementMark } from './own-statements.ts'
export {
  createStatementMemory,
  type ReadingGrowth,
  type StatementEntry,
} from './statement-memory.ts'
