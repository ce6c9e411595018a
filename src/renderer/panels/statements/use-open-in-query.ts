import { requestStatement, useActivePanel } from '#renderer/state/index.ts'
import { useStatements } from './statements-state.ts'

/**
 * Hands a statement to the editor: as it was seen with its values where it was, else with `$n`, for which the editor
 * asks.
 */
export function useOpenInQuery(): (statement: { readonly key: string; readonly text?: string }) => void {
  const [, setPanel] = useActivePanel('')
  return ({ key, text }) => {
    const { detail } = useStatements.getState()
    const known = detail?.key === key ? (detail.seen[0]?.text ?? detail.text) : undefined
    const statement = known ?? text
    if (statement === undefined) return
    requestStatement(statement)
    setPanel('query')
  }
}
