import { startKeepers } from '#main/store/recorded/keep/keepers.ts'
import { createOutgoing } from '#main/store/recorded/outgoing.ts'
import { dictionaries, type NextNumbers, type RecordedTable } from '#main/store/recorded/tables.ts'
import type { Emission } from '#shared/session/index.ts'

type Kept = Partial<Record<RecordedTable, readonly Readonly<Record<string, string | number | null>>[]>>

const next = Object.fromEntries(Object.keys(dictionaries).map((table) => [table, 1])) as NextNumbers

/** What keepers make of emissions, as rows a person can read. */
export function keepEmissions(emissions: readonly Emission[]): Kept {
  const outgoing = createOutgoing()
  const keep = startKeepers({ outgoing, next })
  for (const emission of emissions) keep(emission)
  return Object.fromEntries(
    outgoing.take().map(({ table, count, columns }) => [
      table,
      Array.from({ length: count }, (_, row) =>
        Object.fromEntries(
          Object.entries(columns).map(([name, cells]) => {
            const cell = cells[row] ?? null
            return [name, typeof cell === 'number' && Number.isNaN(cell) ? null : cell]
          }),
        ),
      ),
    ]),
  )
}
