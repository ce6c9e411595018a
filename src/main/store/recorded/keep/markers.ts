import { redactSecrets, redactValue } from '#shared/session/index.ts'
import type { StartKeeping } from './keeper.ts'

/** A span is told twice where it is told before it has ended: the later row holds. */
export const keepMarkers: StartKeeping<'marker'> = ({ outgoing }) => {
  const rows = outgoing.rows('markers', {
    started_at: 'number',
    ended_at: 'number',
    kind: 'text',
    label: 'text',
    facts: 'text',
  })
  return ({ marker: { atMs, endedAtMs, kind, label, facts = {} } }) => {
    const bare = Object.entries(facts).map(([name, fact]) => [
      name,
      typeof fact === 'string' ? redactValue(fact) : fact,
    ])
    rows.add(atMs, endedAtMs, kind, redactSecrets(label), JSON.stringify(Object.fromEntries(bare)))
  }
}
