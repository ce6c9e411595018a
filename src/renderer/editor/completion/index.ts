export { buildCatalogueIndex, type CatalogueIndex } from './catalogue-index.ts'
export type { ColumnLookup, RelationRef } from './columns.ts'
export { complete, type Suggestion, type SuggestionKind } from './complete.ts'
export { type CatalogueSource, createCompletionSession } from './session.ts'
