import { judgeCpu } from './cpu.ts'
import { judgeIo } from './io.ts'
import { judgeLocks } from './locks.ts'
import { judgeMemory } from './memory.ts'
import type { Bottleneck, RangeFigures } from './model.ts'
import { unlessHidden } from './words.ts'

/** What holds the server up over a range: one sentence for each of CPU, I/O, memory and locks, calm ones too. */
export function findBottlenecks(figures: RangeFigures): readonly Bottleneck[] {
  return [
    judgeCpu(figures),
    unlessHidden(judgeIo(figures), figures),
    judgeMemory(figures),
    unlessHidden(judgeLocks(figures), figures),
  ]
}

export { bottleneckMetrics, bottleneckSums, readRangeFigures } from './figures.ts'
export type {
  Bottleneck,
  BottleneckArea,
  BottleneckSeverity,
  DiskFigures,
  RangeFigures,
} from './model.ts'
