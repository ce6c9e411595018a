export { sessionsFolderOf } from './file-paths.ts'
export { openSessionStore } from './session-store.ts'
export type { SessionStore } from './store-types.ts'
