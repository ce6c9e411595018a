export { createOpener, openServerClient } from './connection/open.ts'
export { diagnoseConnection } from './diagnosis/diagnose.ts'
export * from './server-client.ts'
export { type Environment, readEnvironment } from './settings/environment.ts'
