export type { CatalogueSource } from './completion/index.ts'
export { SqlEditor } from './sql-editor.tsx'
export type { EditorProblem, SqlEditorHandle } from './types.ts'
