import { useLayoutEffect } from 'react'
import { notify, type PanelDefinition } from '#renderer/state/index.ts'

/** Longer pastes into the editor are not looked at: they are its user's affair. */
const lookedAtChars = 2_000_000

const isEditable = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, [contenteditable="true"], .monaco-editor') !== null

/**
 * A plan that is pasted anywhere opens; one that goes into the editor or a field stays there, with an offer to open it.
 * Fields that are made for plans take theirs before it gets here.
 */
export function usePaste(
  panels: readonly PanelDefinition[],
  open: (panel: PanelDefinition, text: string) => void,
): void {
  useLayoutEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      if (event.defaultPrevented) return
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (text.trim() === '') return
      const editable = isEditable(event.target)
      if (editable && text.length > lookedAtChars) return
      const panel = panels.find(({ accepts }) => accepts?.(text) === true)
      if (panel === undefined) return
      if (!editable) {
        event.preventDefault()
        open(panel, text)
        return
      }
      notify({
        tone: 'info',
        title: 'This looks like a plan',
        text: 'It was pasted as text. It can be opened as a plan too.',
        action: { label: 'Open the plan', run: () => open(panel, text) },
      })
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [panels, open])
}
