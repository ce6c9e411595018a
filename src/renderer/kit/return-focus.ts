import { useState } from 'react'

/**
 * Gives the focus back to whatever had it when the component was made; for a dialog's `onCloseAutoFocus`. (Radix
 * gives it to the dialog's own trigger only, and dialogs that a command opens have none.) Where that is gone, or nothing
 * had it, the keyboard goes on in what the window is about, not at its top.
 */
export function useReturnFocus(): (event: Event) => void {
  const [opener] = useState(findOpener)
  return (event) => {
    event.preventDefault()
    if (opener === undefined || opener === document.body || !opener.isConnected)
      document.querySelector('main')?.focus()
    else opener.focus()
  }
}

/** A menu is gone by the time its dialog closes: the button it hung on is what remains. */
function findOpener(): HTMLElement | undefined {
  const active = document.activeElement
  if (!(active instanceof HTMLElement)) return undefined
  const trigger = active.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  return (trigger ? document.getElementById(trigger) : undefined) ?? active
}
