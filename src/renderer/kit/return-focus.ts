import { useState } from 'react'

/**
 * Gives the focus back to whatever had it when the component was made; for a dialog's `onCloseAutoFocus`. (Radix
 * gives it to the dialog's own trigger only, and dialogs that a command opens have none.)
 */
export function useReturnFocus(): (event: Event) => void {
  const [opener] = useState(findOpener)
  return (event) => {
    event.preventDefault()
    opener?.focus()
  }
}

/** A menu is gone by the time its dialog closes: the button it hung on is what remains. */
function findOpener(): HTMLElement | undefined {
  const active = document.activeElement
  if (!(active instanceof HTMLElement)) return undefined
  const trigger = active.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  return (trigger ? document.getElementById(trigger) : undefined) ?? active
}
