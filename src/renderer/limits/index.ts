export { Limits, useLimits } from './limits.tsx'
