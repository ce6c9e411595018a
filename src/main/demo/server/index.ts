export { type Binaries, findBinaries, makeUsable } from './binaries.ts'
export { clearDataFolder, initializeDataFolder, syncDataFolder } from './data-folder.ts'
export {
  type EmbeddedServer,
  startEmbeddedServer,
  stopOrphan,
  waitUntilGone,
} from './embedded-server.ts'
export { findFreePort } from './free-port.ts'
export { type Guard } from './guard.ts'
export { setRolePasswords } from './passwords.ts'
export { findRunningServer } from './postmaster-file.ts'
export { describeOwnBirth, isSameProcess } from './process-birth.ts'
export { waitFor } from './processes.ts'
export { findServerUser, mayWalk, type ServerUser } from './server-user.ts'
export { makeSocketFolder } from './socket-folder.ts'
