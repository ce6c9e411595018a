import { useEffect } from 'react'
import { connection } from '#renderer/client/index.ts'
import { TooltipProvider } from '#renderer/kit/index.ts'
import {
  flushPreferences,
  loadPreferences,
  loadTargets,
  notifyError,
  watchRecording,
  watchSession,
  watchSilence,
  watchWorkbench,
} from '#renderer/state/index.ts'
import { Boundary } from './boundary.tsx'
import { WindowFailure } from './failures.tsx'
import { Frame } from './frame.tsx'

/** The window: starts what follows the workbench, and draws the frame. */
export function App() {
  useEffect(() => {
    const ending = new AbortController()
    const stops = [watchWorkbench(), watchSession(), watchRecording(), watchSilence(), () => ending.abort()]
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
    // Around the boundary: what stands in the window's place has tooltips too.
    <TooltipProvider>
      <Boundary title="The window" instead={WindowFailure}>
        <Frame />
      </Boundary>
    </TooltipProvider>
  )
}
