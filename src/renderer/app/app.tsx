import { useEffect } from 'react'
import { TooltipProvider } from '#renderer/kit/index.ts'
import { flushPreferences, watchSession, watchWorkbench } from '#renderer/state/index.ts'
import { Frame } from './frame.tsx'

/** The window: starts what follows the workbench, and draws the frame. */
export function App() {
  useEffect(() => {
    const stops = [watchWorkbench(), watchSession()]
    window.addEventListener('pagehide', flushPreferences)
    return () => {
      window.removeEventListener('pagehide', flushPreferences)
      for (const stop of stops) stop()
    }
  }, [])
  return (
    <TooltipProvider>
      <Frame />
    </TooltipProvider>
  )
}
