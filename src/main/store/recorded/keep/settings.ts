import { redactValue } from '#shared/session/index.ts'
import type { StartKeeping } from './keeper.ts'

/** Settings as they are at the start, then those that have changed. */
export const keepSettings: StartKeeping<'settings'> = ({ outgoing }) => {
  const rows = outgoing.rows('server_settings', { read_at: 'number', name: 'text', value: 'text' })
  const known = new Map<string, string>()
  return ({ atMs, settings }) => {
    for (const { name, value } of settings) {
      if (known.get(name) === value) continue
      known.set(name, value)
      // `primary_conninfo` and its like.
      rows.add(atMs, name, redactValue(value))
    }
  }
}
