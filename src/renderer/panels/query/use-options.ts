import { useMemo } from 'react'
import { create } from 'zustand'
import { setPreference, usePreferences } from '#renderer/state/index.ts'
import { parseOptions, type QueryOptions } from './options.ts'

const key = 'query.options'

/** Committing is chosen for this window only: it is never taken over from an earlier one. */
const useCommits = create<{ readonly commits: boolean }>(() => ({ commits: false }))

export function useQueryOptions(): readonly [QueryOptions, (options: QueryOptions) => void] {
  const text = usePreferences((store) => store.values?.[key])
  const commits = useCommits((state) => state.commits)
  const options = useMemo(
    (): QueryOptions => ({ ...parseOptions(text), onEnd: commits ? 'commit' : 'rollback' }),
    [text, commits],
  )
  return [
    options,
    (next) => {
      useCommits.setState({ commits: next.onEnd === 'commit' })
      setPreference(key, JSON.stringify(next))
    },
  ]
}
