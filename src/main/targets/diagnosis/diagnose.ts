import { type ConnectionDiagnosis, type TargetSettings, WorkbenchError } from '#shared/session/index.ts'
import { classify } from './classify.ts'
import { putInWords } from './words.ts'

/** What is wrong with a connection, and what to do about it. `settings` are best the resolved ones. */
export function diagnoseConnection(error: unknown, settings: TargetSettings): ConnectionDiagnosis {
  const known = error instanceof WorkbenchError ? error.data['diagnosis'] : undefined
  if (known !== undefined) return known as ConnectionDiagnosis
  const { problem, detail } = classify(error, settings)
  return { problem, ...putInWords(problem, settings, detail), ...(detail === '' ? {} : { detail }) }
}

/** The error that a failed connection is thrown as; it holds nothing that could carry a secret. */
export function connectionFailed(diagnosis: ConnectionDiagnosis): WorkbenchError {
  return new WorkbenchError(
    diagnosis.problem === 'password-needed' ? 'PASSWORD_NEEDED' : 'CONNECTION_FAILED',
    diagnosis.message,
    { advice: diagnosis.advice, data: { diagnosis } },
  )
}
