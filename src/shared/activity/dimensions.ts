import { fingerprintStatement } from '../statements/index.ts'
import type { BackendSample } from './model.ts'

/** What load can be told apart by. */
export const loadDimensions = [
  'waitClass',
  'waitEvent',
  'statement',
  'user',
  'database',
  'application',
  'client',
  'backendType',
] as const
export type LoadDimension = (typeof loadDimensions)[number]

/** Key of what has no value in a dimension (no database, no query id …). */
export const noKey = ''

/** Before it stands the fingerprint of a statement without a query id. */
export const textPrefix = 'text:'

/**
 * The key under which a sample counts in a dimension. Wait events are `class:event` (`CPU` alone has none), statements
 * their query id, or, where the server tells none, `text:` and the fingerprint of their text: those that differ by their
 * values only are one.
 *
 * @param fingerprint of a text, for callers with many (`createFingerprinter`)
 */
export function loadKeyOf(
  sample: BackendSample,
  by: LoadDimension,
  fingerprint: typeof fingerprintStatement = fingerprintStatement,
): string {
  if (by === 'waitClass') return sample.waitClass
  if (by === 'waitEvent')
    return sample.waitEvent === undefined ? sample.waitClass : `${sample.waitClass}:${sample.waitEvent}`
  if (by === 'statement') {
    if (sample.queryId !== undefined) return sample.queryId
    return sample.statement === undefined
      ? noKey
      : `${textPrefix}${fingerprint(sample.statement).fingerprint}`
  }
  return sample[by] ?? noKey
}
