import { useEffect } from 'react'
import { useActivePanel, usePreferences } from '#renderer/state/index.ts'
import { firstPanelId, panels } from './panels.ts'
import { goOnWithoutServer } from './stage.ts'

/** Brings up the panel that the window's address leads to, at the start and whenever it changes; the panel does the rest. */
export function usePanelLinks(): void {
  const [, setActive] = useActivePanel(firstPanelId)
  // What is chosen before the preferences are there would be taken for all of them.
  const isReady = usePreferences((store) => store.values !== undefined)
  useEffect(() => {
    if (!isReady) return undefined
    const follow = () => {
      const target = panels.find((panel) => panel.opensLink?.(location.hash))
      if (target === undefined) return
      goOnWithoutServer()
      setActive(target.id)
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
    // `setActive` is made anew each time and always does the same.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isReady])
}
