import type { SqlEditorHandle } from '#renderer/editor/index.ts'
import { takeStatementRequest } from '#renderer/state/index.ts'

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

/** The text with a further statement below, and where that begins. */
export function appendStatement(
  text: string,
  statement: string,
): { readonly text: string; readonly offset: number } {
  const base = text.trimEnd()
  if (base === '') return { text: statement, offset: 0 }
  // On a line of its own behind a comment, or it would be part of it.
  const lastLine = base.slice(base.lastIndexOf('\n') + 1)
  const end = base.endsWith(';') ? '' : lastLine.includes('--') ? '\n;' : ';'
  const before = `${base}${end}\n\n`
  return { text: before + statement, offset: before.length }
}

/** Puts a statement below what the editor holds, with the cursor on it; one that is there already is shown. */
export function showStatement(statement: string): void {
  if (current === undefined) return
  const text = current.text()
  const known = text.indexOf(statement)
  const next = known >= 0 ? { text, offset: known } : appendStatement(text, statement)
  if (known < 0) current.setText(next.text)
  current.reveal({ start: next.offset, end: next.offset })
  current.focus()
}
