import { useEffect } from 'react'
import type { PanelDefinition } from '#renderer/state/index.ts'

/** Brings the panel forward that a link in the address leads to: at start, and when the address changes. */
export function useLinks(
  panels: readonly PanelDefinition[],
  show: (panel: PanelDefinition) => void,
  isReady: boolean,
): void {
  useEffect(() => {
    if (!isReady) return undefined
    const follow = (): void => {
      const panel = panels.find(({ followsLink }) => followsLink?.(location.hash) === true)
      if (panel !== undefined) show(panel)
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [panels, show, isReady])
}
