export { createRecorder, defaultRateHz, type Recorder } from './recorder.ts'
