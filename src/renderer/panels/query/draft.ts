import { createStore } from 'zustand/vanilla'
import type { StatementCheck } from '#shared/contract/index.ts'
import { type ChosenStatement, chooseStatement, type TextSelection } from './statement-choice.ts'

/** The editor's text and what the server's grammar says of it. */
export interface Draft {
  readonly text: string
  /** Counts changes, so that what belongs to an older text is known as such. */
  readonly revision: number
  readonly selection: TextSelection
  readonly check: StatementCheck | undefined
  /** The revision that `check` belongs to. */
  readonly checkedRevision: number
}

export const draftStore = createStore<Draft>(() => ({
  text: '',
  revision: 0,
  selection: { start: 0, end: 0 },
  check: undefined,
  checkedRevision: -1,
}))

/** Longer texts are not sent to the parser while typing: each is run as a whole, or by selection. */
export const checkedChars = 2_000_000

export function setDraftText(text: string): void {
  draftStore.setState((draft) => (draft.text === text ? draft : { text, revision: draft.revision + 1 }))
}

export function setDraftSelection(selection: TextSelection): void {
  draftStore.setState({ selection })
}

export function setDraftCheck(check: StatementCheck, revision: number): void {
  // An answer that was overtaken by typing still serves the older text's marks, never the newer one's.
  if (draftStore.getState().revision === revision) draftStore.setState({ check, checkedRevision: revision })
}

/** The parser's view of the text as it is now; `undefined` while it is behind. */
export function currentCheck(draft: Draft): StatementCheck | undefined {
  return draft.checkedRevision === draft.revision ? draft.check : undefined
}

/** What a run would take, as far as it is known now. */
export function currentChoice(draft: Draft): ChosenStatement | undefined {
  return chooseStatement(draft.text, draft.selection, currentCheck(draft))
}
