import type { Milliseconds } from '../../units/index.ts'
import { splitFields, splitLines, wholeNumber } from './fields.ts'

/** Whose time was lost: `some` = at least one task was held up, `full` = all that had anything to do were. */
export const stallKinds = ['some', 'full'] as const
export type StallKind = (typeof stallKinds)[number]

/** Time since boot in which tasks were held up for want of one resource; a kind that a kernel doesn't tell is missing. */
export type PressureReading = { readonly [Kind in StallKind]?: Milliseconds }

/**
 * `/proc/pressure/{cpu,io,memory}`, and the same files of a control group: the totals, of which averages over any span
 * can be taken. The kernel's own averages are left aside.
 *
 * @source Documentation/accounting/psi.rst
 */
export function parsePressure(text: string): PressureReading {
  const reading: { [Kind in StallKind]?: Milliseconds } = {}
  for (const line of splitLines(text)) {
    const [name, ...fields] = splitFields(line)
    const kind = stallKinds.find((known) => known === name)
    const total = fields.find((field) => field.startsWith('total='))
    const micros = wholeNumber(total?.slice('total='.length))
    if (kind !== undefined && micros !== undefined) reading[kind] = micros / 1_000
  }
  return reading
}
