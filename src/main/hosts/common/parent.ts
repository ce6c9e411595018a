/** How often the parent's number is looked at where nothing tells of its death. */
const lookEveryMs = 500

/**
 * Calls back once the process that started us is gone, so that `kill -9` of a launcher leaves nothing behind.
 *
 * A parent that forked us holds a channel whose end is noticed at once. Below npm there is none, and npm may die
 * without a word: there our parent's number changes (not on Windows, where the console takes care of it).
 * Anything else that starts us, a shell for one, may leave us running on purpose.
 */
export function watchParent(onGone: () => void): void {
  if (process.connected) {
    process.once('disconnect', onGone)
    return
  }
  if (process.env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    onGone()
  }, lookEveryMs)
  timer.unref()
}
