/** What a tree is built of: who a process is, and whose child. */
export interface ProcessNode {
  readonly pid: number
  readonly parentPid: number
}

/**
 * Processes with all their descendants, each once.
 *
 * @param roots pids; those that are not among the processes are left out
 */
export function collectTree(
  processes: readonly ProcessNode[],
  roots: readonly number[],
): ReadonlySet<number> {
  const children = new Map<number, number[]>()
  const known = new Set<number>()
  for (const { pid, parentPid } of processes) {
    known.add(pid)
    const siblings = children.get(parentPid)
    if (siblings === undefined) children.set(parentPid, [pid])
    else siblings.push(pid)
  }
  const tree = new Set<number>()
  const open = roots.filter((pid) => known.has(pid))
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    if (tree.has(pid)) continue
    tree.add(pid)
    open.push(...(children.get(pid) ?? []))
  }
  return tree
}
