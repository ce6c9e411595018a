import { useDeferredValue, useEffect, useMemo } from 'react'
import { client } from '#renderer/client/index.ts'
import { type Asked, useAsked } from '#renderer/state/index.ts'
import type { StatementRanking } from '#shared/contract/index.ts'
import { type ListedStatement, listStatements } from './listed.ts'
import { useStatements } from './statements-state.ts'
import { useSettled } from './use-settled.ts'

/** As many as the server keeps of itself, and as a table shows without a stutter. */
const mostRows = 5_000
const sparkBuckets = 32
/** More rows than this are asked for half as often: one answer is a tenth of a second's work. */
const many = 1_000
/** A pause in typing that is long enough to ask. */
const settleMs = 150

export interface Ranked {
  readonly asked: Asked<StatementRanking>
  readonly rows: readonly ListedStatement[]
}

/** Statements by what they took over the window's range; about once a second while it follows. */
export function useRanking(): Ranked {
  const filter = useStatements((state) => state.filter)
  const match = useSettled(filter.trim(), settleMs)
  const asked = useAsked(
    ({ sessionId, range }, signal) =>
      client.workload.ranking(
        {
          sessionId,
          range,
          spark: sparkBuckets,
          limit: mostRows,
          ...(match === '' ? {} : { match }),
        },
        { signal },
      ),
    [match],
    {
      of: 'server',
      news: ['activity', 'statements', 'statement-texts'],
      mostHz: useStatements((state) => state.rows.length) > many ? 0.5 : 1,
    },
  )
  // A table of thousands is drawn when there is time: typing and scrolling go first.
  const answer = useDeferredValue(asked.answer)
  const rows = useMemo(() => (answer === undefined ? [] : listStatements(answer)), [answer])
  // The inspector shows the same rows.
  useEffect(() => useStatements.setState({ rows }), [rows])
  return { asked, rows }
}
