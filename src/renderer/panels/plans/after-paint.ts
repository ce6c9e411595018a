/** Time to look at it, and to take hold of it, undisturbed. */
const restMs = 250
/** A window that is not in sight is never painted: work that waits for it goes on all the same. */
const longestWaitMs = 1_000

/**
 * Comes back once what was just changed has been on screen for a moment: sending a text of ten
 * megabytes takes it as long as drawing the plan.
 */
export async function afterPaint(): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, longestWaitMs)
    // The second frame begins when the first is done.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, restMs)))
  })
}
