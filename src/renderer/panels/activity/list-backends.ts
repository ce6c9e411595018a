import { hiddenState } from '#shared/activity/index.ts'
import type { BackendRow } from '#shared/contract/index.ts'

/** Which processes are listed. */
export const stateChoices = {
  busy: 'At work or in a transaction',
  clients: 'All connections',
  all: 'All processes',
} as const
export type StateChoice = keyof typeof stateChoices

/** Processes of a choice that hold every word of the filter somewhere, in the order that they came. */
export function listBackends(
  rows: readonly BackendRow[],
  states: StateChoice,
  filter: string,
): readonly BackendRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => {
    if (!isChosen(row, states)) return false
    const text = words.length === 0 ? '' : searchedText(row)
    return words.every((word) => text.includes(word))
  })
}

function isChosen(row: BackendRow, states: StateChoice): boolean {
  if (states === 'all') return true
  if (states === 'clients') return row.backendType === 'client backend'
  // The server's own processes rest in their main loops most of the time. Whoever is in others' way counts whatever it does.
  return row.blocks > 0 || (row.state !== 'idle' && row.waitClass !== 'Activity')
}

function searchedText(row: BackendRow): string {
  const { pid, user, database, application, client, state, waitClass, waitEvent, statement, backendType } =
    row
  return [pid, user, database, application, client, state, waitClass, waitEvent, backendType, statement]
    .join('\n')
    .toLowerCase()
}

/** In one line: `12 at work · 3 waiting for locks · 2 idle in transaction · 41 idle`. */
export function summariseBackends(rows: readonly BackendRow[]): string {
  const clients = rows.filter((row) => row.backendType === 'client backend')
  const count = (is: (row: BackendRow) => boolean) => clients.filter(is).length
  const parts: readonly (readonly [number, string])[] = [
    [count((row) => row.state === 'active'), 'at work'],
    [count((row) => row.waitClass === 'Lock'), 'waiting for a lock'],
    [count((row) => row.state.startsWith('idle in transaction')), 'idle in transaction'],
    [count((row) => row.state === 'idle'), 'idle'],
    // What they are is hidden too: some are connections, some the server's own.
    [rows.filter((row) => row.state === hiddenState).length, 'hidden'],
  ]
  const said = parts.filter(([some]) => some > 0).map(([some, what]) => `${some} ${what}`)
  return said.length === 0 ? 'no connections' : said.join(' · ')
}
