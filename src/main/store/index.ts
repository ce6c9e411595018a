export { openSessionStore } from './session-store.ts'
export type { SessionStore } from './store-types.ts'
