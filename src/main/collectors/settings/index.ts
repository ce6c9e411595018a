import type { SettingValue } from '#shared/session/index.ts'
import type { Collector, Look, Source } from '../collector.ts'
import { describeChanges, diffSettings, type KnownSettings } from './changes.ts'
import loadedSql from './loaded.sql?raw'
import { alwaysTold, knownExtensions } from './names.ts'
import settingsSql from './settings.sql?raw'

/** How the server is configured: at the start, and whenever that has changed, even over a restart. */
export const settings: Collector = { id: 'settings', everyMs: 10_000, begin }

const loadedQuestion = { name: 'settings-loaded', sql: loadedSql }
const settingsQuestion = { name: 'settings', sql: settingsSql }
const extensions = asArray(knownExtensions)

interface Told {
  readonly values: KnownSettings
  /** Another role's settings show nothing of what changed. */
  readonly seesOthers: boolean
}

/** What was told last, by recording: a restart is when most settings change. */
const toldIn = new WeakMap<object, Told>()

function begin(source: Source): Look {
  const { seesOthers, recording } = source
  let loadedAt: string | null | undefined
  return async () => {
    const [[loaded] = []] = (await source.ask(loadedQuestion)).rows
    if (loadedAt !== undefined && loaded === loadedAt) return
    const told = toldIn.get(recording)
    // What was told before and is back at its default must be told too.
    const wanted = new Set([...alwaysTold, ...(told?.values.keys() ?? [])])
    const { rows, atMs } = await source.ask(settingsQuestion, [asArray([...wanted]), extensions])
    loadedAt = loaded
    const now = rows.map(([name, value]): SettingValue => ({ name: name ?? '', value: value ?? '' }))
    toldIn.set(recording, { seesOthers, values: new Map(now.map(({ name, value }) => [name, value])) })
    const isComparable = told?.seesOthers === seesOthers
    const changes = isComparable ? diffSettings(told.values, now) : []
    if (isComparable && changes.length === 0) return
    source.emit({ kind: 'settings', atMs, settings: now })
    if (changes.length > 0) source.emit({ kind: 'marker', marker: describeChanges(changes, atMs) })
  }
}

/** An array of SQL; names of settings hold nothing that would have to be quoted. */
function asArray(names: readonly string[]): string {
  return `{${names.join(',')}}`
}
