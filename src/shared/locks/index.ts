export { listBlockedProcesses } from './blocked-processes.ts'
export * from './model.ts'
export { type LockMode, lockModes } from './modes.ts'
export { buildWaitForGraph, waitingPid } from './wait-for.ts'
