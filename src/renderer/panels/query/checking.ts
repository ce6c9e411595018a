import { useEffect } from 'react'
import { client } from '#renderer/client/index.ts'
import type { StatementCheck } from '#shared/contract/index.ts'
import { checkedChars, currentCheck, draftStore, setDraftCheck } from './draft.ts'
import { useDraft } from './query-state.ts'

const debounceMs = 220

async function checkNow(): Promise<StatementCheck | undefined> {
  const { text, revision } = draftStore.getState()
  if (text.length > checkedChars) return undefined
  const check = await client.statements.check({ text })
  setDraftCheck(check, revision)
  return check
}

/** Has the text parsed a moment after the last key. */
export function useStatementCheck(): void {
  const revision = useDraft((draft) => draft.revision)
  useEffect(() => {
    const timer = setTimeout(() => {
      const draft = draftStore.getState()
      if (draft.revision !== revision || currentCheck(draft)) return
      // Without the workbench there are no marks; the next key tries again, and running says what is wrong.
      checkNow().catch(() => {})
    }, debounceMs)
    return () => clearTimeout(timer)
  }, [revision])
}

/** The parser's view of the text as it is now, asked for if it is not there yet. */
export async function ensureCheck(): Promise<StatementCheck | undefined> {
  return currentCheck(draftStore.getState()) ?? (await checkNow())
}
