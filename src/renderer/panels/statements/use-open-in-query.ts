import { client } from '#renderer/client/index.ts'
import {
  currentServerRange,
  notifyError,
  requestStatement,
  useActivePanel,
  useSession,
} from '#renderer/state/index.ts'
import type { StatementDetail } from '#shared/contract/index.ts'
import { useStatements } from './statements-state.ts'

/**
 * Hands a statement to the editor: as it was seen with its values where it was, else with `$n`, for which the editor
 * asks. A row's own text is a name, which no server understands.
 */
export function useOpenInQuery(): (statement: { readonly key: string }) => void {
  const [, setPanel] = useActivePanel('')
  return ({ key }) => {
    const open = async (): Promise<void> => {
      const { detail } = useStatements.getState()
      const known = detail?.key === key ? detail : await readDetail(key)
      const statement = known?.seen[0]?.text ?? known?.text
      if (statement === undefined) return
      requestStatement(statement)
      setPanel('query')
    }
    open().catch(notifyError)
  }
}

async function readDetail(key: string): Promise<StatementDetail | undefined> {
  const sessionId = useSession.getState().session?.sessionId
  return sessionId === undefined
    ? undefined
    : await client.workload.statement({ sessionId, range: currentServerRange(), key, buckets: 1 })
}
