import { readNumber, readRecords } from '../raw.ts'
import type { TreeNode } from './tree.ts'

/**
 * Who ran what (plan-semantics, rule 2). Under a Gather a node's loops count every process, so wall clock is
 * time × loops / processes. The server does not say how many processes took part: per-worker figures tell it
 * (VERBOSE), else the loops of the Gather's child do, at most the leader and the workers launched.
 */
export interface Participation {
  /** The Gather or Gather Merge above, if any. */
  readonly gatherId: number | undefined
  /** How often that Gather ran; the mean number of processes refers to one run of it. */
  readonly gatherLoops: number
  /** 1 outside a Gather. */
  readonly processes: number
  /** The leader's share of the node's work, where per-worker figures tell it. */
  readonly leaderWorkMs: number | undefined
  /** True if per-worker figures told who took part. */
  readonly witnessed: boolean
}

const alone: Participation = {
  gatherId: undefined,
  gatherLoops: 1,
  processes: 1,
  leaderWorkMs: undefined,
  witnessed: false,
}

export const isGather = (nodeType: string): boolean => nodeType === 'Gather' || nodeType === 'Gather Merge'

/** One process's part in a node. */
interface Part {
  /** -1 is the leader. */
  readonly process: number
  readonly loops: number
  readonly workMs: number
  readonly rows: number
}

const leader = -1

/** The parts of each process in a node, or undefined without per-worker figures. */
function partsOf(node: TreeNode): readonly Part[] | undefined {
  const loops = node.loops ?? 0
  const parts: Part[] = []
  for (const worker of readRecords(node.raw, 'Workers')) {
    const workerLoops = readNumber(worker, 'Actual Loops')
    if (workerLoops === undefined) continue
    parts.push({
      process: readNumber(worker, 'Worker Number') ?? parts.length,
      loops: workerLoops,
      workMs: (readNumber(worker, 'Actual Total Time') ?? 0) * workerLoops,
      rows: (readNumber(worker, 'Actual Rows') ?? 0) * workerLoops,
    })
  }
  if (parts.length === 0) return undefined
  const rest = (total: number, ofPart: (part: Part) => number): number =>
    Math.max(0, total - parts.reduce((sum, part) => sum + ofPart(part), 0))
  const leaderLoops = rest(loops, (part) => part.loops)
  if (leaderLoops > 0) {
    parts.push({
      process: leader,
      loops: leaderLoops,
      workMs: rest((node.timeMs ?? 0) * loops, (part) => part.workMs),
      // The mean is rounded: less than half a row a loop may be nothing but rounding.
      rows: Math.max(0, rest((node.rows ?? 0) * loops, (part) => part.rows) - loops / 2),
    })
  }
  return parts
}

/** A process that spent less than this share of the busiest one's time and read no row did nothing worth a divisor. */
const idleShare = 0.05

/** The processes of a Gather's tree that did some work; undefined without per-worker figures. */
function workingProcesses(tree: readonly TreeNode[], top: TreeNode): ReadonlySet<number> | undefined {
  const parts = partsOf(top)
  if (parts === undefined) return undefined
  const busiest = Math.max(...parts.map((part) => part.workMs))
  const working = new Set<number>()
  for (const part of parts) {
    if (part.loops > 0 && busiest > 0 && part.workMs >= idleShare * busiest) working.add(part.process)
  }
  if (working.size === parts.length) return working
  // Rows read at the leaves: a partial aggregate gives a row even to a process that had nothing to read.
  for (let id = top.id; id < tree.length; id += 1) {
    const node = tree[id]
    if (node === undefined || (id > top.id && node.depth <= top.depth)) break
    if (node.childIds.length > 0) continue
    for (const part of partsOf(node) ?? []) if (part.rows > 0) working.add(part.process)
  }
  if (working.size === 0) for (const part of parts) if (part.loops > 0) working.add(part.process)
  return working
}

interface Region {
  readonly gatherId: number
  readonly gatherLoops: number
  readonly processes: number
  readonly working: ReadonlySet<number> | undefined
}

function openRegion(tree: readonly TreeNode[], gather: TreeNode, top: TreeNode): Region {
  const gatherLoops = Math.max(1, gather.loops ?? 1)
  const launched = readNumber(gather.raw, 'Workers Launched')
  const most = launched === undefined ? Number.POSITIVE_INFINITY : launched + 1
  const working = workingProcesses(tree, top)
  const byLoops = Math.max(1, (top.loops ?? 1) / gatherLoops)
  return {
    gatherId: gather.id,
    gatherLoops,
    processes: Math.max(1, working === undefined ? Math.min(byLoops, most) : working.size),
    working,
  }
}

function participate(node: TreeNode, region: Region): Participation {
  const loops = node.loops ?? 0
  const parts = region.working === undefined ? undefined : partsOf(node)
  const base = { gatherId: region.gatherId, gatherLoops: region.gatherLoops }
  if (parts === undefined) {
    const processes = Math.min(region.processes, Math.max(1, loops / region.gatherLoops))
    return { ...base, processes, leaderWorkMs: undefined, witnessed: false }
  }
  const took = parts.filter((part) => part.loops > 0 && region.working?.has(part.process) === true)
  // Several runs of the Gather: a node that ran in one process a run has as many loops as runs.
  const processes = Math.max(1, Math.min(took.length, loops / region.gatherLoops))
  const leaderWorkMs = parts.find((part) => part.process === leader)?.workMs ?? 0
  return { ...base, processes, leaderWorkMs, witnessed: true }
}

/** How many processes took part in each node, by node id. */
export function computeParticipation(tree: readonly TreeNode[]): readonly Participation[] {
  const regions = tree.map((): Region | undefined => undefined)
  return tree.map((node) => {
    const parent = node.parentId === undefined ? undefined : tree[node.parentId]
    let region = parent === undefined ? undefined : regions[parent.id]
    // An InitPlan listed at a Gather runs in the leader alone.
    if (
      parent !== undefined &&
      isGather(parent.nodeType) &&
      node.kind === 'ordinary' &&
      (node.loops ?? 0) > 0
    ) {
      region = openRegion(tree, parent, node)
    }
    regions[node.id] = region
    return region === undefined ? alone : participate(node, region)
  })
}
