import { useEffect } from 'react'
import { client } from '#renderer/client/index.ts'
import { useAsked } from '#renderer/state/index.ts'
import type { StatementDetail } from '#shared/contract/index.ts'
import { useStatements } from './statements-state.ts'

const buckets = 150

/** Everything about the selected statement; about once a second while the range follows. */
export function useDetail(): { readonly detail: StatementDetail | undefined; readonly error: unknown } {
  const key = useStatements((state) => state.selectedKey)
  const { answer, error } = useAsked(
    ({ sessionId, range }, signal) =>
      client.workload
        .statement({ sessionId, range, key: key ?? '', buckets }, { signal })
        .then((found) => ({ found })),
    [key],
    { enabled: key !== undefined, news: ['activity', 'statements', 'statement-texts'], mostHz: 1 },
  )
  const found = answer?.found
  const detail = found !== undefined && found.key === key ? found : undefined
  // The inspector tells the same.
  useEffect(() => useStatements.setState({ detail }), [detail])
  return { detail, error }
}
