import { useEffect, useMemo, useState } from 'react'
import { client } from '#renderer/client/index.ts'
import { SqlEditor, type SqlEditorHandle } from '#renderer/editor/index.ts'
import { notifyError, setPreference, usePreferences } from '#renderer/state/index.ts'
import { useCatalogueSource } from './catalogue.ts'
import { useStatementCheck } from './checking.ts'
import { currentCheck, draftStore, setDraftSelection, setDraftText } from './draft.ts'
import { collectProblems } from './problems.ts'
import { runControl, useDraft, useShown } from './query-state.ts'
import { isUnderWay } from './run-control.ts'
import { type ChosenStatement } from './statement-choice.ts'

const draftKey = 'query.draft'
const longestKeptChars = 1_000_000
const keepDelayMs = 400

/** Keeps the text for the next start; longer ones than a preference holds stay in this window only. */
function useKeptDraft(): void {
  const text = useDraft((draft) => draft.text)
  const revision = useDraft((draft) => draft.revision)
  useEffect(() => {
    if (revision === 0 || text.length > longestKeptChars) return
    const timer = setTimeout(() => setPreference(draftKey, text), keepDelayMs)
    return () => clearTimeout(timer)
  }, [text, revision])
}

/** The text of the last window, once: what is typed since then is newer. */
function takeKeptDraft(): string {
  const { text, revision } = draftStore.getState()
  if (revision > 0) return text
  const kept = usePreferences.getState().values?.[draftKey] ?? ''
  setDraftText(kept)
  return kept
}

async function format(text: string): Promise<string> {
  try {
    return (await client.statements.format({ text })).text
  } catch (error) {
    notifyError(error)
    return text
  }
}

interface EditorPaneProps {
  readonly choice: ChosenStatement | undefined
  readonly onReady: (handle: SqlEditorHandle | undefined) => void
}

export function EditorPane({ choice, onReady }: EditorPaneProps) {
  const [initialText] = useState(takeKeptDraft)
  const catalogue = useCatalogueSource()
  const shown = useShown()
  const draft = useDraft((state) => state)
  useKeptDraft()
  useStatementCheck()

  const problems = useMemo(() => collectProblems(shown, draft), [shown, draft])
  const several = (currentCheck(draft)?.spans.length ?? 0) > 1
  const start = several && choice?.from === 'cursor' ? choice.start : undefined
  const end = choice?.end
  const current = useMemo(
    () => (start === undefined || end === undefined ? undefined : { start, end }),
    [start, end],
  )
  return (
    <SqlEditor
      label="SQL editor. Escape, then Tab, leaves it."
      initialText={initialText}
      onChange={setDraftText}
      onSelect={setDraftSelection}
      onEscape={() => {
        if (!isUnderWay(runControl.store.getState().shown)) return false
        void runControl.cancel()
        return true
      }}
      problems={problems}
      current={current}
      catalogue={catalogue}
      format={format}
      onReady={onReady}
    />
  )
}
