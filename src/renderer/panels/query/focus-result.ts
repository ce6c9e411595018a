const planOf = (lower: HTMLElement): HTMLElement | null => lower.querySelector('[data-plan-focus]')

/** The plan, else what the open tab has to walk, else the tab itself. */
export function focusWithin(lower: HTMLElement | null): void {
  if (lower === null) return
  const next =
    planOf(lower) ??
    lower.querySelector<HTMLElement>('[role="tabpanel"] [tabindex="0"]') ??
    lower.querySelector<HTMLElement>('[role="tab"][data-state="active"]')
  next?.focus()
}

/**
 * The same for a result that is still on its way: a plan takes over from its tab when it is there, unless the user has
 * gone on meanwhile.
 * @returns gives it up
 */
export function focusAsItComes(lower: HTMLElement | null): (() => void) | undefined {
  focusWithin(lower)
  const before = document.activeElement
  if (lower === null || planOf(lower) === before) return undefined
  const observer = new MutationObserver(() => {
    const plan = planOf(lower)
    const hasGoneOn = document.activeElement !== before
    if (plan === null && !hasGoneOn) return
    observer.disconnect()
    if (!hasGoneOn) plan?.focus()
  })
  observer.observe(lower, { childList: true, subtree: true })
  return () => observer.disconnect()
}
