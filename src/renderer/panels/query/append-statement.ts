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
