import { client } from '#renderer/client/index.ts'
import { recordingPreferences } from '#shared/session/index.ts'
import type { Hertz } from '#shared/units/index.ts'
import { readJson, usePreference, usePreferences } from './preferences.ts'
import { notifyError } from './toasts.ts'

/** Starts recording the connected server into the open session, at the pace that was chosen last. */
export function startRecording(): void {
  const text = usePreferences.getState().values?.[recordingPreferences.hz]
  const hz = readJson<Hertz | undefined>(text, undefined, isRate)
  client.recording.start(hz === undefined ? {} : { hz }).catch(notifyError)
}

export function stopRecording(): void {
  client.recording.stop().catch(notifyError)
}

export function setRecordingRate(hz: Hertz): void {
  client.recording.setRate({ hz }).catch(notifyError)
}

/** Whether servers are recorded as soon as they are connected. The workbench reads it when it connects. */
export function useRecordsByItself(): [boolean, (records: boolean) => void] {
  return usePreference(recordingPreferences.byItself, true, (value) => typeof value === 'boolean')
}

/** Samples of activity a second for the next recording. */
export function useRecordingRate(): [Hertz, (hz: Hertz) => void] {
  return usePreference<Hertz>(recordingPreferences.hz, 10, isRate)
}

const isRate = (value: unknown): value is Hertz => typeof value === 'number' && value >= 1 && value <= 100
