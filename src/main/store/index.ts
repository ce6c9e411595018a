export { openSessionStore, type SessionStore, type SessionStoreOptions } from './session-store.ts'
