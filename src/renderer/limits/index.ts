export { Limits, useLimits } from './limits.tsx'
export { NothingRecorded } from './nothing-recorded.tsx'
