import type { BackendSample } from '#shared/activity/index.ts'
import type { LocksAt } from '#shared/contract/index.ts'
import {
  buildLockTree,
  countBlocked,
  groupByWaiter,
  type HeldLock,
  type LockTreeNode,
  preparedPid,
  type WaitEdge,
} from '#shared/locks/index.ts'
import type { EpochMs } from '#shared/units/index.ts'

/** One process of the graph, with all that is said of it. A leader stands for its parallel workers. */
export interface LockProcess {
  readonly pid: number
  /** Tells it from a later one with its number. */
  readonly key: string
  readonly backend: BackendSample | undefined
  readonly waits: readonly WaitEdge[]
  readonly held: readonly HeldLock[]
  /** How many wait for it, directly or behind others. */
  readonly blocks: number
  readonly isInCycle: boolean
  readonly isRoot: boolean
}

/** A moment as the panel draws it. */
export interface LockPicture {
  readonly atMs: EpochMs
  /** Roots first, then by pid. */
  readonly processes: readonly LockProcess[]
  readonly byPid: ReadonlyMap<number, LockProcess>
  readonly edges: readonly WaitEdge[]
  readonly tree: readonly LockTreeNode[]
  readonly cycles: LocksAt['graph']['cycles']
  readonly waiters: number
  /** Who waits for somebody that is not known. */
  readonly unexplained: readonly WaitEdge[]
}

/** Beyond so many waits, a waiter has one place in the tree. */
const fewWaits = 20

export function buildPicture({ atMs, graph, held, backends }: LocksAt): LockPicture {
  const { edges, unexplained, roots, cycles } = graph
  const known = new Map(backends.map((backend) => [backend.pid, backend]))
  const waits = groupByWaiter([...edges, ...unexplained])
  const inCycle = new Set(cycles.flatMap(({ pids }) => pids))
  const blocks = countBlocked(
    [...groupByWaiter(edges)].map(([pid, list]) => ({
      pid,
      blockerPids: list.flatMap(({ blockerPids }) => blockerPids),
    })),
  )
  const rootPids = new Set(roots)
  const others = [...waits.keys()].filter((pid) => !rootPids.has(pid)).toSorted((a, b) => a - b)
  const processes = [...roots, ...others].map((pid): LockProcess => {
    const backend = known.get(pid)
    return {
      pid,
      key: `${pid}-${backend?.startedAtMs ?? 0}`,
      backend,
      waits: waits.get(pid) ?? [],
      held: held.filter((lock) => lock.pid === pid),
      blocks: blocks.get(pid) ?? 0,
      isInCycle: inCycle.has(pid),
      isRoot: rootPids.has(pid),
    }
  })
  return {
    atMs,
    processes,
    byPid: new Map(processes.map((process) => [process.pid, process])),
    edges,
    tree: buildLockTree(graph, { leavesOutQueue: edges.length > fewWaits }),
    cycles,
    waiters: edges.length + unexplained.length,
    unexplained,
  }
}

/** The tree as lines, each with how deep it stands. */
export interface TreeLine {
  readonly key: string
  readonly depth: number
  readonly node: LockTreeNode
  readonly process: LockProcess | undefined
}

export function listLines({ tree, byPid }: Pick<LockPicture, 'tree' | 'byPid'>): readonly TreeLine[] {
  const lines: TreeLine[] = []
  const open: { readonly node: LockTreeNode; readonly depth: number; readonly path: string }[] = tree
    .map((node) => ({ node, depth: 0, path: '' }))
    .toReversed()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth, path } = next
    const key = `${path}/${node.pid}`
    lines.push({ key, depth, node, process: byPid.get(node.pid) })
    for (const child of node.children.toReversed()) open.push({ node: child, depth: depth + 1, path: key })
  }
  return lines
}

export const isPrepared = ({ pid }: Pick<LockProcess, 'pid'>): boolean => pid === preparedPid
