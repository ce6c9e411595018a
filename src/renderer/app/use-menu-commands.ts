import { useEffect } from 'react'
import { runCommand } from '#renderer/state/index.ts'

/** Runs what was chosen in the application's menu: the preload script posts the command's id to its own window. */
export function useMenuCommands(): void {
  useEffect(() => {
    const onMessage = (event: MessageEvent<unknown>) => {
      if (event.source !== window || typeof event.data !== 'object' || event.data === null) return
      const { type, id } = event.data as { readonly type?: unknown; readonly id?: unknown }
      if (type === 'barograph-command' && typeof id === 'string') runCommand(id)
    }
    window.addEventListener('message', onMessage)
    return () => window.removeEventListener('message', onMessage)
  }, [])
}
