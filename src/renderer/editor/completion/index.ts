export { buildCatalogueIndex, type CatalogueIndex } from './catalogue-index.ts'
export type { ColumnLookup } from './columns.ts'
export { complete, type Suggestion } from './complete.ts'
export { type CatalogueSource, createCompletionSession } from './session.ts'
