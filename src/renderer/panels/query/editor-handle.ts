import type { SqlEditorHandle } from '#renderer/editor/index.ts'
import { requestStatement, takeStatementRequest } from '#renderer/state/index.ts'
import { appendStatement } from './append-statement.ts'

let current: SqlEditorHandle | undefined

/** The panel's editor came, and takes the statement that another panel asked for; or it went. */
export function setEditorHandle(handle: SqlEditorHandle | undefined): void {
  current = handle
  const wanted = handle === undefined ? undefined : takeStatementRequest()
  if (wanted !== undefined) showStatement(wanted)
}

export function currentEditor(): SqlEditorHandle | undefined {
  return current
}

/**
 * Puts a statement below what the editor holds, with the cursor on it; one that is there already is shown. An editor that
 * is still on its way takes it when it comes.
 */
export function showStatement(statement: string): void {
  if (current === undefined) {
    requestStatement(statement)
    return
  }
  const text = current.text()
  const known = text.indexOf(statement)
  const next = known >= 0 ? { text, offset: known } : appendStatement(text, statement)
  if (known < 0) current.setText(next.text)
  current.beginAt({ start: next.offset, end: next.offset + statement.length })
  current.focus()
}
