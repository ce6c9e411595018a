import { createReadStream } from 'node:fs'
import { createLogReader, createLogSummary } from '#shared/logs/index.ts'

/** What `logs.bench.ts` asks a process of its own: to read one log and group its statements. */
export interface LogMeasure {
  readonly lines: number
  readonly entries: number
  readonly groups: number
  /** Time of one core. */
  readonly tookMs: number
  readonly residentBytes: number
}

const reader = createLogReader()
const summary = createLogSummary()
let residentBytes = 0
let chunks = 0
const startedAt = process.threadCpuUsage()
for await (const chunk of createReadStream(process.argv[2] ?? '', { highWaterMark: 1 << 18 })) {
  for (const entry of reader.push(chunk as Uint8Array)) summary.add(entry)
  if ((chunks += 1) % 64 === 0) residentBytes = Math.max(residentBytes, process.memoryUsage().rss)
}
for (const entry of reader.end()) summary.add(entry)
// The core's time, not the clock's: others may share the machine.
const { user, system } = process.threadCpuUsage(startedAt)
const measure: LogMeasure = {
  lines: reader.lines(),
  entries: reader.entries(),
  groups: summary.groups().length,
  tookMs: (user + system) / 1_000,
  residentBytes,
}
console.log(JSON.stringify(measure))
