import type { PlanNode } from '#shared/plan/index.ts'
import { mix } from '../canvas/mix.ts'
import type { Painter } from '../canvas/painter.ts'
import type { Palette } from '../canvas/palette.ts'

/** One process's part of a node's work. */
export interface ProcessShare {
  readonly name: string
  /** Of the node's work, with everything below it. */
  readonly share: number
}

/**
 * How the processes that ran a node shared its work; empty where the server does not tell (EXPLAIN without VERBOSE).
 * What no worker did, the leader did.
 */
export function shareWork(node: PlanNode): readonly ProcessShare[] {
  const told = node.workers.filter((worker) => worker.workMs !== undefined)
  const workers = told.reduce((sum, worker) => sum + (worker.workMs ?? 0), 0)
  const whole = Math.max(node.workMs ?? 0, workers)
  if (told.length === 0 || whole <= 0) return []
  const leader = whole - workers
  return [
    // Rounding leaves a trifle to a leader that only gathered.
    ...(leader > whole * 0.001 ? [{ name: 'leader', share: leader / whole }] : []),
    ...told.map((worker) => ({
      name: `worker ${worker.workerNumber}`,
      share: (worker.workMs ?? 0) / whole,
    })),
  ]
}

/** The processes side by side, the leader palest: an even strip is an even share. */
export function paintWorkerStrip(
  painter: Painter,
  palette: Palette,
  processes: readonly ProcessShare[],
  x: number,
  y: number,
  width: number,
): void {
  const gaps = processes.length - 1
  let left = x
  processes.forEach(({ name, share }, at) => {
    const length = Math.max(1, (width - gaps) * share)
    const pale = name === 'leader' ? 0.4 : at % 2 === 0 ? 0.85 : 0.65
    painter.rect(left, y, length, 7, mix(palette.surface, palette.accent, pale), 1)
    left += length + 1
  })
  painter.text(`÷ ${processes.length}`, x + width + 44, y + 7, {
    size: 10.5,
    colour: palette.ink2,
    align: 'right',
  })
}
