import type { EditorProblem } from '#renderer/editor/index.ts'
import { currentCheck, type Draft } from './draft.ts'
import { offsetOfPosition, wordAt } from './position.ts'
import type { Shown } from './run-control.ts'

/** Where the server says the run's statement went wrong, while the text is still the one that ran. */
function problemOfRun(shown: Shown, draft: Draft): EditorProblem | undefined {
  if (shown.kind !== 'finished' || !shown.request || shown.request.revision !== draft.revision)
    return undefined
  const { error } = shown.run
  if (error?.position === undefined) return undefined
  const { statement, offset } = shown.request
  const at = offsetOfPosition(statement, error.position)
  if (at === undefined) return undefined
  const word = wordAt(statement, at)
  return { start: offset + word.start, end: offset + word.end, message: error.message, source: 'run' }
}

/** Everything that gets underlined: what the parser says of the text, and what the server said of the run. */
export function collectProblems(shown: Shown, draft: Draft): readonly EditorProblem[] {
  const syntax = currentCheck(draft)?.problems ?? []
  const ofRun = problemOfRun(shown, draft)
  return [
    ...syntax.map((problem): EditorProblem => ({ ...problem, source: 'syntax' })),
    ...(ofRun ? [ofRun] : []),
  ]
}
