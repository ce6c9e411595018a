import { useEffect } from 'react'
import { connection } from '#renderer/client/index.ts'
import { TooltipProvider } from '#renderer/kit/index.ts'
import {
  flushPreferences,
  loadPreferences,
  loadTargets,
  notifyError,
  usePreferences,
  watchSession,
  watchWorkbench,
} from '#renderer/state/index.ts'
import { Frame } from './frame.tsx'

/** The window: starts what follows the workbench, and draws the frame. */
export function App() {
  const ready = usePreferences((store) => store.values !== undefined)
  useEffect(() => {
    const ending = new AbortController()
    const stops = [watchWorkbench(), watchSession(), () => ending.abort()]
    connection
      .whenOpen(ending.signal)
      .then(() => Promise.all([loadPreferences(), loadTargets()]))
      .catch((error: unknown) => {
        if (!ending.signal.aborted) notifyError(error)
      })
    window.addEventListener('pagehide', flushPreferences)
    return () => {
      window.removeEventListener('pagehide', flushPreferences)
      for (const stop of stops) stop()
    }
  }, [])
  return (
    <TooltipProvider>
      {/* Drawn anew once the preferences are there: sizes are read when a pane is made. */}
      <Frame key={ready ? 'ready' : 'waiting'} />
    </TooltipProvider>
  )
}
