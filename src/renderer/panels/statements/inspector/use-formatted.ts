import { useEffect, useState } from 'react'
import { client } from '#renderer/client/index.ts'

/** Longer ones are shown as they are: nobody reads them, and formatting takes a while. */
const longest = 20_000

/** A statement laid out for reading; as it is until that is done, and where it can't be. */
export function useFormatted(text: string): string {
  const [formatted, setFormatted] = useState<{ readonly of: string; readonly text: string }>()
  useEffect(() => {
    if (text.length > longest) return undefined
    const ending = new AbortController()
    void client.statements
      .format({ text }, { signal: ending.signal })
      .then((answer) => setFormatted({ of: text, text: answer.text }))
      // It is a convenience: the text itself is there.
      .catch(() => undefined)
    return () => ending.abort()
  }, [text])
  return formatted?.of === text ? formatted.text : text
}
