import { notify, useServer } from '#renderer/state/index.ts'
import type { FindingAction } from '#shared/plan/index.ts'
import type { Run } from '#shared/session/index.ts'
import { currentEditor, showStatement } from './editor-handle.ts'
import { runControl } from './query-state.ts'
import { inBackground, runAgain } from './run-actions.ts'
import { isUnderWay } from './run-control.ts'
import { useQueryOptions } from './use-options.ts'

/** Does what a finding of the run's plan offers: a statement into the editor, or the run again with a setting. */
export function usePlanAction(run: Run | undefined): (action: FindingAction) => void {
  const server = useServer()
  const [options] = useQueryOptions()
  return (action) => {
    if (action.kind === 'openStatement') {
      if (currentEditor() === undefined) tell('The editor is not open', 'Copy the statement instead.')
      else showStatement(action.statement)
    } else if (run === undefined) return
    else if (server === undefined) {
      tell(
        'No server is connected',
        `Connect at the top left, then try ${action.name} = ${action.value} again.`,
      )
    } else if (isUnderWay(runControl.store.getState().shown)) {
      tell('A statement is still running', 'Wait until it has ended; Esc cancels it.')
    } else inBackground(runAgain(run, { name: action.name, value: action.value }, options))
  }
}

function tell(title: string, text: string): void {
  notify({ tone: 'info', title, text })
}
