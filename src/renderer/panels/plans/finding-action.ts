import { notify, requestStatement, useActivePanel } from '#renderer/state/index.ts'
import type { FindingAction } from '#shared/plan/index.ts'

/**
 * Does what a finding offers on a plan that no run here made: a statement goes to the editor; a setting can only be
 * tried where the statement runs.
 */
export function useFindingAction(): (action: FindingAction) => void {
  const [, setPanel] = useActivePanel('')
  return (action) => {
    if (action.kind === 'openStatement') {
      requestStatement(action.statement)
      setPanel('query')
    } else {
      notify({
        tone: 'info',
        title: `${action.name} = ${action.value} is for a run`,
        text: 'This plan was made elsewhere. Run its statement in the Query panel with the setting, or set it there.',
      })
    }
  }
}
