import { waitingPid } from '#shared/locks/index.ts'
import type { LockPicture } from '../picture.ts'
import { shortMode } from '../words.ts'

/** An arrow from who waits to whom it waits for. */
export interface Arrow {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly isHard: boolean
  /** The mode that is waited for. */
  readonly label: string
  readonly isInCycle: boolean
}

export function listArrows({ edges, byPid, cycles }: LockPicture): readonly Arrow[] {
  const arrows = new Map<string, Arrow>()
  for (const edge of edges) {
    const waiter = byPid.get(waitingPid(edge))
    for (const pid of edge.blockerPids) {
      const blocker = byPid.get(pid)
      if (waiter === undefined || blocker === undefined) continue
      const id = `${waiter.key} ${blocker.key}`
      const isHard = edge.hard.includes(pid)
      if (arrows.get(id)?.isHard === true) continue
      arrows.set(id, {
        id,
        from: waiter.key,
        to: blocker.key,
        isHard,
        label: shortMode(edge.mode),
        isInCycle: cycles.some(({ pids }) => pids.includes(waiter.pid) && pids.includes(pid)),
      })
    }
  }
  return [...arrows.values()]
}

/**
 * What the layout goes by: where somebody holds what a process waits for, its place in the queue does not matter, so
 * that a queue stands in a column and not in a row of its length.
 */
export function linksOf(arrows: readonly Arrow[]): readonly (readonly [string, string])[] {
  const held = new Set(arrows.filter(({ isHard }) => isHard).map(({ from }) => from))
  return arrows
    .filter(({ isHard, from }) => isHard || !held.has(from))
    .map(({ from, to }) => [to, from] as const)
}
