import { create } from 'zustand'
import { type Client, client } from '#renderer/client/index.ts'
import type { TargetHints } from '#shared/contract/index.ts'
import type { SavedTarget, TargetSettings } from '#shared/session/index.ts'
import { setPreference, usePreferences } from './preferences.ts'
import { type RecentTarget, readRecentTargets, withRecent } from './recent-targets.ts'

interface TargetsStore {
  /** Undefined until they were read. */
  readonly saved: readonly SavedTarget[] | undefined
  readonly hints: TargetHints | undefined
  /** What this window asked to connect to last, without its password: to try again. */
  readonly lastAttempt: ConnectInput | undefined
}

export type ConnectInput = Omit<Parameters<Client['targets']['connect']>[0], 'password'>

/** Where this workbench can connect to. */
export const useTargets = create<TargetsStore>(() => ({
  saved: undefined,
  hints: undefined,
  lastAttempt: undefined,
}))

export async function loadTargets(): Promise<void> {
  useTargets.setState({ saved: await client.targets.list() })
}

export async function loadHints(): Promise<void> {
  useTargets.setState({ hints: await client.targets.hints() })
}

/** Connects, and remembers what was not saved under "recent". Rejects as the contract says. */
export async function connectTo(input: ConnectInput, password?: string, signal?: AbortSignal): Promise<void> {
  useTargets.setState({ lastAttempt: input })
  await client.targets.connect(
    { ...input, ...(password === undefined ? {} : { password }) },
    signal === undefined ? {} : { signal },
  )
  if (input.targetId === undefined && input.settings !== undefined) {
    remember({ name: input.name ?? nameOf(input.settings), settings: input.settings })
  }
}

/** A name for settings that nobody named: `shop on db.example.org`. */
export function nameOf(settings: TargetSettings): string {
  const where = settings.host ?? settings.service
  if (settings.database === undefined) return where ?? 'PostgreSQL'
  return where === undefined ? settings.database : `${settings.database} on ${where}`
}

const recentKey = 'targets.recent'

/** Connections that were made without being saved, latest first. */
export function useRecentTargets(): readonly RecentTarget[] {
  return readRecentTargets(usePreferences((store) => store.values?.[recentKey]))
}

function remember(target: RecentTarget): void {
  const known = readRecentTargets(usePreferences.getState().values?.[recentKey])
  setPreference(recentKey, JSON.stringify(withRecent(known, target)))
}
