export { WaitStrip } from './wait-strip.tsx'
