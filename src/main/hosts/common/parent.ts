import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** How often processes are looked at where nothing tells of their death. */
const lookEveryMs = 500

/**
 * Calls back once the process that started us is gone, so that `kill -9` of a launcher leaves nothing behind.
 *
 * A parent that forked us holds a channel whose end is noticed at once. npm holds none and may die without a word,
 * with a shell between it and us that stays: there both are looked at now and then (not on Windows, where the
 * console takes care of it). Anything else that starts us, a shell for one, may leave us running on purpose.
 */
export function watchParent(onGone: () => void): void {
  if (process.connected) {
    process.once('disconnect', onGone)
    return
  }
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return
  const parent = process.ppid
  const grandparent = findParentOf(parent)
  const timer = setInterval(() => {
    const isThere =
      process.ppid === parent && (grandparent === undefined || findParentOf(parent) === grandparent)
    if (isThere) return
    clearInterval(timer)
    onGone()
  }, lookEveryMs)
  timer.unref()
}

/** A process that was orphaned belongs to another parent from then on. `undefined` where it can't be told. */
function findParentOf(pid: number): number | undefined {
  try {
    // The command's name, in brackets, may hold anything; what follows it is numbers.
    const text =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) \S+ /s, '')
        : execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8', timeout: 1_000 })
    return Number.parseInt(text.trim(), 10)
  } catch {
    return undefined
  }
}
