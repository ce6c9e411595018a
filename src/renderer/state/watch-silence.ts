import { create } from 'zustand'
import { client, connection } from '#renderer/client/index.ts'
import { live, toldAtMs, workbenchNowMs } from './live.ts'
import { createSilenceWatch, type Silence, type SilenceLook } from './silence.ts'
import { useWorkbench } from './workbench.ts'

interface SilenceStore {
  readonly silence: Silence | undefined
}

const store = create<SilenceStore>(() => ({ silence: undefined }))

/** Who tells nothing any more, although the connections stand: a process that was stopped, a network without a word. */
export const useSilence = (): Silence | undefined => store(({ silence }) => silence)

const lookEveryMs = 500
/** After so long without any answer the workbench is asked for a sign of life. */
const askAfterMs = 400

/** Starts listening for silence; once per window. */
export function watchSilence(): () => void {
  const watch = createSilenceWatch()
  let isAsking = false
  const ask = () => {
    isAsking = true
    // That there is no answer shows by itself.
    client.workbench
      .info()
      .catch(() => undefined)
      .finally(() => {
        isAsking = false
      })
  }
  const look = () => {
    // Nobody asks while nobody looks, and a lost connection is told by itself.
    if (document.visibilityState === 'hidden' || connection.status().status !== 'open') {
      watch.forget()
      tell(undefined)
      return
    }
    const { count, lastAtMs } = connection.answers()
    if (!isAsking && Date.now() - lastAtMs >= askAfterMs) ask()
    tell(watch.look({ nowMs: performance.now(), answers: count, ...expected(lastAtMs) }))
  }
  const timer = setInterval(look, lookEveryMs)
  return () => clearInterval(timer)
}

function expected(lastAtMs: number): Omit<SilenceLook, 'nowMs' | 'answers'> {
  const recording = useWorkbench.getState().state?.recording
  const actualHz = recording?.status === 'on' ? recording.cost.actualHz : undefined
  return {
    answeredAtMs: lastAtMs + (workbenchNowMs() - Date.now()),
    toldAtMs: toldAtMs(),
    newestMs: live.latest.activity,
    // Before it has looked for a while, it has no pace.
    periodMs: actualHz === undefined || actualHz <= 0 ? undefined : 1_000 / actualHz,
  }
}

function tell(silence: Silence | undefined): void {
  const before = store.getState().silence
  if (before?.of !== silence?.of) store.setState({ silence })
}
