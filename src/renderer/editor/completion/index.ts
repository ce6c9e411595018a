export { buildCatalogueIndex, type CatalogueIndex } from './catalogue-index.ts'
export { type ColumnLookup, type RelationRef, refKey } from './columns.ts'
export { type Completion, complete, type Suggestion, type SuggestionKind } from './complete.ts'
export { basicKeywords } from './words.ts'
