import { create } from 'zustand'
import { client } from '#renderer/client/index.ts'

interface PreferencesStore {
  /** Undefined until the workbench answered. */
  readonly values: Readonly<Record<string, string>> | undefined
}

/** What this window wants to find again after a restart; kept by the workbench, as text by key. */
export const usePreferences = create<PreferencesStore>(() => ({ values: undefined }))

export async function loadPreferences(): Promise<void> {
  const values = await client.workbench.preferences()
  // What was chosen before they came is newer than what they remember.
  usePreferences.setState(({ values: chosen }) => ({ values: { ...values, ...chosen } }))
}

const writeDelayMs = 250
const pending = new Map<string, ReturnType<typeof setTimeout>>()

/** Remembers at once here, and in the workbench after a short pause (a divider that is dragged changes often). */
export function setPreference(key: string, value: string): void {
  const values = usePreferences.getState().values ?? {}
  if (values[key] === value) return
  usePreferences.setState({ values: { ...values, [key]: value } })
  clearTimeout(pending.get(key))
  pending.set(
    key,
    setTimeout(() => void write(key), writeDelayMs),
  )
}

async function write(key: string): Promise<void> {
  pending.delete(key)
  const value = usePreferences.getState().values?.[key]
  // Not being able to remember a layout is no news for the user.
  if (value !== undefined) await client.workbench.setPreference({ key, value }).catch(() => {})
}

/** Writes what is still waiting: the window is about to go. */
export function flushPreferences(): void {
  for (const [key, timer] of pending) {
    clearTimeout(timer)
    void write(key)
  }
}

/** A preference as JSON: `[value, set]`. What can't be read (an older version wrote it) counts as absent. */
export function usePreference<Value>(
  key: string,
  initial: Value,
  isValue: (value: unknown) => value is Value,
): [Value, (value: Value) => void] {
  const text = usePreferences((store) => store.values?.[key])
  return [readJson(text, initial, isValue), (value) => setPreference(key, JSON.stringify(value))]
}

export function readJson<Value>(
  text: string | undefined,
  initial: Value,
  isValue: (value: unknown) => value is Value,
): Value {
  if (text === undefined) return initial
  try {
    const value: unknown = JSON.parse(text)
    return isValue(value) ? value : initial
  } catch {
    return initial
  }
}
