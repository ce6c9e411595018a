export {
  addFigures,
  deviationMs,
  type FigureDefinition,
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
  type StatementGrowth,
  type StatementMemory,
  type StatementReading,
} from './statement-memory.ts'
