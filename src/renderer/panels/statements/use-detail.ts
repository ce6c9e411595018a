import { useEffect } from 'react'
import { client } from '#renderer/client/index.ts'
import { useAsked } from '#renderer/state/index.ts'
import type { StatementDetail } from '#shared/contract/index.ts'
import { useStatements } from './statements-state.ts'

const buckets = 150

export interface ShownDetail {
  /** Of the selected statement, or of the one before it until that is answered. */
  readonly shown: StatementDetail | undefined
  readonly isOlder: boolean
}

/** Everything about the selected statement; about once a second while the range follows. */
export function useDetail(): ShownDetail {
  const key = useStatements((state) => state.selectedKey)
  const { answer } = useAsked(
    ({ sessionId, range }, signal) =>
      client.workload
        .statement({ sessionId, range, key: key ?? '', buckets }, { signal })
        .then((found) => ({ found })),
    [key],
    {
      of: 'server',
      enabled: key !== undefined,
      news: ['activity', 'statements', 'statement-texts'],
      mostHz: 1,
    },
  )
  const shown = answer?.found
  const isOlder = shown !== undefined && shown.key !== key
  const detail = isOlder ? undefined : shown
  // The inspector tells the same.
  useEffect(() => useStatements.setState({ detail }), [detail])
  return { shown, isOlder }
}
