import { useLayoutEffect } from 'react'
import {
  commandKeys,
  type KeyPress,
  matchesKeys,
  runCommand,
  useCommandList,
  worksInText,
} from '#renderer/state/index.ts'

/**
 * Runs commands by their keys. Listens before everybody else, so that the editor's own bindings don't hide a
 * command's; plain keys are left to whoever takes text or keeps them, and all keys to an open dialog or menu.
 */
export function useKeyHandler(isMac: boolean): void {
  // With the first drawing, not after it: whoever sees the frame can type.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || isCovered(event.target)) return
      const inText = takesText(event.target)
      const command = useCommandList
        .getState()
        .commands.find(
          (candidate) =>
            candidate.enabled !== false &&
            commandKeys(candidate).some(
              (keys) =>
                matchesKeys(keys, event satisfies KeyPress, isMac) &&
                (worksInText(keys) || !(inText || isKeptBy(event.target, keys))),
            ),
        )
      if (command === undefined) return
      event.preventDefault()
      event.stopPropagation()
      // Holding a key down does not run a statement twenty times.
      if (!event.repeat || command.repeats === true) runCommand(command.id)
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [isMac])
}

function isCovered(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role="dialog"], [role="menu"], [role="listbox"][data-state="open"]') !== null
  )
}

const pressable =
  'button, a[href], input, select, summary, [role="button"], [role="checkbox"], [role="switch"], [role="radio"], ' +
  '[role="tab"], [role="option"], [role="treeitem"], [role="row"], [role="grid"], [role="treegrid"], [role="tree"], [role="menuitem"]'

/**
 * Whether what has the focus has a use of its own for a plain key: space presses a button, and `data-own-keys` lists
 * what a part that walks by keys keeps for itself.
 */
function isKeptBy(target: EventTarget | null, keys: string): boolean {
  if (!(target instanceof Element)) return false
  if (keys === 'space' && target.closest(pressable) !== null) return true
  return (
    target.closest<HTMLElement>('[data-own-keys]')?.dataset['ownKeys']?.split(' ').includes(keys) === true
  )
}

function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
}
