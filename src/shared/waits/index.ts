export { classifyWait } from './classify.ts'
export * from './model.ts'
export { buildStrip, type StripLane, type StripSegment, type WaitStrip } from './strip.ts'
export { summariseWaits } from './summarise.ts'
