export { openSessionStore, type SessionStore } from './session-store.ts'
