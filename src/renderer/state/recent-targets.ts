import { sslModes, type TargetSettings } from '#shared/session/index.ts'
import { readJson } from './preferences.ts'

export interface RecentTarget {
  readonly name: string
  readonly settings: TargetSettings
}

const most = 5

/** `target` in front, the same settings not twice, the oldest dropped. */
export function withRecent(known: readonly RecentTarget[], target: RecentTarget): readonly RecentTarget[] {
  const same = (other: RecentTarget) => settingsKey(other.settings) === settingsKey(target.settings)
  return [target, ...known.filter((other) => !same(other))].slice(0, most)
}

/** Reads what an earlier window kept; entries that this version can't use are left out. */
export function readRecentTargets(text: string | undefined): readonly RecentTarget[] {
  return readJson<readonly unknown[]>(text, [], Array.isArray).filter(isRecent)
}

const settingsKey = (settings: TargetSettings) =>
  JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)))

const kinds: Readonly<Record<keyof TargetSettings, (value: unknown) => boolean>> = {
  host: isText,
  port: isCount,
  database: isText,
  user: isText,
  service: isText,
  sslMode: (value) => (sslModes as readonly unknown[]).includes(value),
  sslRootCert: isText,
  connectTimeoutMs: isCount,
}

function isRecent(value: unknown): value is RecentTarget {
  if (typeof value !== 'object' || value === null) return false
  const { name, settings } = value as Partial<Record<keyof RecentTarget, unknown>>
  if (!isText(name) || typeof settings !== 'object' || settings === null) return false
  return Object.entries(settings).every(
    ([key, entry]) => key in kinds && kinds[key as keyof TargetSettings](entry),
  )
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0
}
