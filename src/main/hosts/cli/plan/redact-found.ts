import type { FoundPlan, Redactor } from '#shared/plan/index.ts'
import type { FileError } from '../files/source.ts'

/** A plan as it may be given away: values of parameters are dropped, what was said of its text is counted. */
export function redactFound(redactor: Redactor, found: FoundPlan): FoundPlan {
  const { statement, parameters: _values, ...rest } = found
  return {
    ...rest,
    raw: redactor.plan(found.raw),
    warnings: countRemarks(found.warnings),
    ...(statement === undefined ? {} : { statement: redactor.text(statement) }),
  }
}

/** What a reader says of a text may quote it. */
export function countRemarks(warnings: readonly string[]): readonly string[] {
  return warnings.length === 0
    ? []
    : [`Remarks on the text, left out since they may quote it: ${warnings.length}.`]
}

/** These say nothing of the text. */
const quotesNothing: ReadonlySet<string> = new Set(['FILE_UNREADABLE', 'tooLarge', 'empty'])

export function redactError(error: FileError): FileError {
  if (quotesNothing.has(error.code)) return error
  return { ...error, message: 'The plan can’t be read there; why is left out, since it may quote the text.' }
}
