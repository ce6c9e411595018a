export {
  type Bottleneck,
  type BottleneckArea,
  type BottleneckSeverity,
  bottleneckMetrics,
  bottleneckSums,
  type DiskFigures,
  findBottlenecks,
  type RangeFigures,
  readRangeFigures,
} from './bottlenecks/index.ts'
export {
  controlGroupsAbove,
  parseControlGroupPath,
  parseCpuMax,
  parseGroupBytes,
  parseThrottled,
} from './proc/control-group.ts'
export { type CpuReading, cpuModes, diffCpu, parseCpu } from './proc/cpu.ts'
export { type DiskReading, diffDisk, parseDisks } from './proc/disks.ts'
export { growthOf } from './proc/growth.ts'
export { parseLoadAverages } from './proc/load-average.ts'
export { parseMemory, parseSwap, type SwapReading } from './proc/memory.ts'
export { type InterfaceReading, parseInterfaces } from './proc/network.ts'
export { type PressureReading, parsePressure, stallKinds } from './proc/pressure.ts'
export {
  type ProcessStat,
  parseChildren,
  parseCommandLine,
  parseProcessIo,
  parseProcessMemory,
  parseProcessStat,
  parseScheduledTime,
} from './proc/process.ts'
export { collectTree } from './process-tree.ts'
export { serverProcessType } from './server-process.ts'
export { nameWatch, type ProcessWatch } from './watch.ts'
