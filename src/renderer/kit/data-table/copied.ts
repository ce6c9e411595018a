import { useCallback, useEffect, useState } from 'react'
import { type DataColumn, toTsv } from './columns.ts'

/** How long it is said. */
const saidMs = 1_600

/** What was copied, in words for a moment: whoever presses Ctrl+C sees that something came of it. */
export function useCopied(): {
  readonly words: string
  readonly tellCopied: (rows: number, work: Promise<unknown>) => Promise<void>
} {
  const [words, setWords] = useState('')
  useEffect(() => {
    if (words === '') return undefined
    const timer = setTimeout(() => setWords(''), saidMs)
    return () => clearTimeout(timer)
  }, [words])
  const tellCopied = useCallback(
    (rows: number, work: Promise<unknown>) =>
      work.then(
        () => setWords(`Copied ${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`),
        () => setWords('Could not copy'),
      ),
    [],
  )
  return { words, tellCopied }
}

/** Rows to the clipboard, as TSV. What is still on its way is promised: only now has the user pressed a key. */
export async function copyText<Row>(
  rows: readonly Row[] | Promise<readonly Row[]>,
  columns: readonly DataColumn<Row>[],
): Promise<void> {
  if (!(rows instanceof Promise)) return await navigator.clipboard.writeText(toTsv(rows, columns))
  const text = rows.then((complete) => new Blob([toTsv(complete, columns)], { type: 'text/plain' }))
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })])
}
