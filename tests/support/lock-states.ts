import type { LockActivity, LockGraph, LockMode, LockRow, LockState } from '#shared/locks/index.ts'

const lockLine = /^(prepared \S+|\d+) (holds|awaits) (\w+) on (\w+) (\S+)(?: since (\d+))?$/
const groupLine = /^(\d+) works for (\d+)$/
const startLine = /^(\d+) began at (\d+)$/

/**
 * A state written as sentences: `10 holds RowExclusive on relation orders`, `20 awaits Share on relation orders since 5`,
 * `prepared -1/7 holds …`, `31 works for 30`, `20 began at 4`. An object is named by its type and any word. It is seen at 100.
 */
export function lockState(text: string): LockState {
  const locks: LockRow[] = []
  const activity = new Map<number, LockActivity>()
  for (const line of text
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '')) {
    const group = groupLine.exec(line)
    const start = startLine.exec(line)
    if (group !== null) activity.set(Number(group[1]), { pid: Number(group[1]), leaderPid: Number(group[2]) })
    else if (start !== null)
      activity.set(Number(start[1]), { pid: Number(start[1]), statementStartedAtMs: Number(start[2]) })
    else locks.push(readLock(line))
  }
  return { atMs: 100, locks, activity: [...activity.values()] }
}

function readLock(line: string): LockRow {
  const [, who = '', verb, mode, lockType = '', object = '', since] = lockLine.exec(line) ?? []
  if (who === '') throw new Error(`No sentence about a lock: ${line}`)
  return {
    ...(who.startsWith('prepared') ? { virtualTransaction: who.slice(9) } : { pid: Number(who) }),
    lockType,
    relation: object,
    mode: `${mode}Lock` as LockMode,
    granted: verb === 'holds',
    ...(since === undefined ? {} : { waitStartedAtMs: Number(since) }),
  }
}

/** One line an edge: `20 → 10 (hard), 15 (soft)`. */
export function dumpEdges({ edges }: Pick<LockGraph, 'edges'>): string {
  return edges
    .map(({ waiterPid, leaderPid, blockerPids, hard }) => {
      const blockers = blockerPids.map((pid) => `${pid} (${hard.includes(pid) ? 'hard' : 'soft'})`)
      return `${waiterPid}${leaderPid === undefined ? '' : ` of ${leaderPid}`} → ${blockers.join(', ')}`
    })
    .join('\n')
}
