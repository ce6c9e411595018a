export { classifyWait } from './classify.ts'
export * from './model.ts'
export { buildStrip, isTooShort, type StripLane, type StripSegment, type WaitStrip } from './strip.ts'
export { summariseWaits } from './summarise.ts'
