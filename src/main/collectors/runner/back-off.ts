import type { ConnectionDiagnosis, ConnectionProblem } from '#shared/session/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'

/** Waiting time before the n-th attempt to connect again, and before all further ones. */
const delaysMs = [250, 500, 1_000, 2_000]
const longestDelayMs = 5_000

/** Only a person can mend these; trying often might lock an account. */
const stubborn: ReadonlySet<ConnectionProblem> = new Set([
  'password-needed',
  'password-wrong',
  'authentication-refused',
  'authentication-unsupported',
  'settings-invalid',
])
const stubbornDelayMs = 60_000

/** @param attempt from 1 @param lastError what the attempt before ended with */
export function delayBefore(attempt: number, lastError?: unknown): Milliseconds {
  if (lastError instanceof WorkbenchError) {
    const diagnosis = lastError.data['diagnosis'] as ConnectionDiagnosis | undefined
    if (diagnosis !== undefined && stubborn.has(diagnosis.problem)) return stubbornDelayMs
  }
  return delaysMs[attempt - 1] ?? longestDelayMs
}
