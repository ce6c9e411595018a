import type { Marker, SettingValue } from '#shared/session/index.ts'
import type { EpochMs } from '#shared/units/index.ts'

/** Settings by name, as they were told last. What is missing had its default. */
export type KnownSettings = ReadonlyMap<string, string>

export interface SettingChange extends SettingValue {
  readonly before: string
}

export function diffSettings(before: KnownSettings, now: readonly SettingValue[]): readonly SettingChange[] {
  return now.flatMap(({ name, value }) => {
    const last = before.get(name) ?? 'default'
    return last === value ? [] : [{ name, before: last, value }]
  })
}

/** So many are named in the label, and in the facts. */
const inLabel = 3
const inFacts = 30

export function describeChanges(changes: readonly SettingChange[], atMs: EpochMs): Marker {
  const [only] = changes
  const names = changes.map(({ name }) => name)
  const rest = names.length - inLabel
  const label =
    changes.length === 1 && only !== undefined
      ? `${only.name} ${only.before || 'unset'} → ${only.value || 'unset'}`
      : `${names.length} settings: ${names.slice(0, inLabel).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
  const facts = Object.fromEntries(
    changes.slice(0, inFacts).map(({ name, before, value }) => [name, `${before} → ${value}`]),
  )
  return { kind: 'settings-changed', atMs, label, facts }
}
